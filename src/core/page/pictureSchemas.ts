/** What a page may hand over as a picture of a run. Pure. */
import * as v from "valibot";
import { longestPicture } from "../../protocol/timelineMessages.ts";

export const svgText = v.pipe(
  v.string(),
  v.maxLength(longestPicture),
  v.startsWith("<svg xmlns="),
  v.endsWith("</svg>\n"),
);
/** The first eight bytes of every PNG, and then base64 to the end. */
export const pngBase64 = v.pipe(v.string(), v.maxLength(longestPicture), v.regex(/^iVBORw0KGgo[A-Za-z0-9+/]+={0,2}$/));
