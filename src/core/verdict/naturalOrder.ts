/** The schedule without any deviation: what would happen if nothing were ever late. Pure data. */
export const naturalOrder = "i2-";
