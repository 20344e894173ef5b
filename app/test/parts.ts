/** The same bytes, cut at some places. */
export function partsOf(bytes: Buffer, places: number[]): Buffer[] {
    const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
    return at.slice(1).map((to, index) => bytes.subarray(at[index], to)).filter((part) => part.length > 0);
}
