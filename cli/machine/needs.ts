/** What the pocket cloud takes from a machine. */
export interface Machine { platform: string; root: boolean; freeGiB: number; folder: string; has(program: string): boolean; apt: boolean }

/** A guest image, the registry's images and two machines' disks came to 6 GiB; some room for what they write. */
export const diskGiB = 8;

/** The programs that are called, and the Debian packages that bring them. */
export const programs: Record<string, string> = {
    dockerd: "docker.io",
    docker: "docker.io",
    ip: "iproute2",
    nft: "nftables",
    sysctl: "procps",
    curl: "curl",
    dig: "bind9-dnsutils",
    ssh: "openssh-client",
    mmdebstrap: "mmdebstrap",
    unshare: "util-linux",
    "docker-registry": "docker-registry",
    pebble: "pebble",
};

/** What the tests call besides: a real nginx under the pilot's configuration, pip, which brings a real mongod, and a browser for the page. */
export const testPrograms: Record<string, string> = { nginx: "nginx-light", pip: "python3-pip", setpriv: "util-linux", chromium: "chromium" };

/** What is to be done before the pocket cloud can start. */
export type Verdict =
    | { kind: "ready" }
    | { kind: "install"; packages: string[] }
    | { kind: "impossible"; code: "NOT_LINUX" | "NOT_ROOT" | "DISK_TOO_SMALL" | "PROGRAMS_MISSING"; details: Record<string, string | number> };

/** Judges a machine. Changes nothing. */
export function judge(machine: Machine, called: Record<string, string> = programs): Verdict {
    if (machine.platform !== "linux") return { kind: "impossible", code: "NOT_LINUX", details: { platform: machine.platform } };
    if (!machine.root) return { kind: "impossible", code: "NOT_ROOT", details: {} };
    if (machine.freeGiB < diskGiB) {
        const details = { free: machine.freeGiB.toFixed(1), needed: diskGiB, folder: machine.folder };
        return { kind: "impossible", code: "DISK_TOO_SMALL", details };
    }
    const missing = Object.keys(called).filter((program) => !machine.has(program));
    if (missing.length === 0) return { kind: "ready" };
    const packages = [...new Set(missing.map((program) => called[program]!))];
    if (machine.apt) return { kind: "install", packages };
    return { kind: "impossible", code: "PROGRAMS_MISSING", details: { programs: missing.join(", "), packages: packages.join(" ") } };
}
