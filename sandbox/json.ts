/** What crosses a wire once it is decoded: plain values, and `Date` and bytes where AWS's models say so. */
export type Json = null | undefined | string | number | boolean | Date | Uint8Array | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
