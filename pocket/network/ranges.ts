/** An IPv4 network in CIDR form as its first and last address. */
export function span(cidr: string): { first: number; last: number } {
    const [address = "", bits = "32"] = cidr.split("/");
    const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    const size = 2 ** (32 - Number(bits));
    const first = Math.floor(number / size) * size;
    return { first, last: first + size - 1 };
}

export function overlaps(a: string, b: string): boolean {
    const [x, y] = [span(a), span(b)];
    return x.first <= y.last && y.first <= x.last;
}

/** True when all of `inner` lies in `outer`. */
export function within(inner: string, outer: string): boolean {
    const [x, y] = [span(inner), span(outer)];
    return y.first <= x.first && x.last <= y.last;
}

/** One route as `ip -json route show table all` prints it. */
export interface Route { dst: string; dev?: string; type?: string }

/** The routes of this machine that are in the way of ranges which the pocket's world would take; its own links do not count. */
export function clashes(routes: Route[], ranges: readonly string[], ownPrefix: string, inTheWay = overlaps): { range: string; route: Route }[] {
    return ranges.flatMap((range) =>
        routes
            .filter((route) => /^\d/.test(route.dst) && !route.dev?.startsWith(ownPrefix) && inTheWay(route.dst, range))
            .map((route) => ({ range, route })),
    );
}
