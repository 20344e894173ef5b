import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { docker, dockerHost } from "../engine/engine";
import { home } from "../home";
import { run } from "../run";
import type { Report } from "./images";

/** What a machine needs inside: systemd, cloud-init, sshd, Docker. */
const guest = ["systemd-sysv", "dbus", "libpam-systemd", "cloud-init", "openssh-server", "sudo", "docker.io", "iptables", "iproute2", "iputils-ping", "procps", "netbase", "curl", "ca-certificates", "less"];
/** What the made Node.js, Nginx and MongoDB images stand on, one layer for the three. */
const slim = ["ca-certificates", "nginx-light", "libcurl4", "openssl", "curl", "procps"];
/** For apps of one's own that are written in Python. */
const python = ["ca-certificates", "python3"];

export const bases = { guest, slim, python } as const;

/**
 * A root file system of this machine's own distribution as an image, by mmdebstrap (about a minute the first time;
 * the archive is kept in the cache). Resolves to the image's name.
 */
export async function base(name: keyof typeof bases, report: Report): Promise<string> {
    const image = `antipode/base-${name}:1`;
    if (await docker.getImage(image).inspect().then(() => true, () => false)) return image;
    const archive = join(home.cache, "images", `${name}.tar`);
    if (!existsSync(archive)) {
        report(`making the ${name} file system from ${codename()} packages (about a minute, once)`);
        mkdirSync(dirname(archive), { recursive: true });
        for (const left of readdirSync(dirname(archive)).filter((file) => file.startsWith(`${name}.tar.`))) rmSync(join(dirname(archive), left));
        // A name of its own: one that outlived a killed daemon would write into this one's file.
        const next = `${archive}.${process.pid}.next.tar`;
        const options = ["--variant=minbase", `--include=${bases[name].join(",")}`, '--aptopt=APT::Install-Recommends "false"', "--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-exclude=/usr/share/locale/*", "--dpkgopt=path-exclude=/usr/share/man/*"];
        await run("mmdebstrap", [...options, codename(), next]);
        renameSync(next, archive);
    }
    report(`unpacking the ${name} file system`);
    await run("docker", ["-H", dockerHost, "import", archive, image]);
    return image;
}

function codename(): string {
    return /^VERSION_CODENAME=(\w+)/m.exec(readFileSync("/etc/os-release", "utf8"))![1]!;
}
