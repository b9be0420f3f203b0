/** Something that the user should be told in one sentence, already in their language. Extension host. */
export class UserError extends Error {
  override readonly name = "UserError";
}
