/** "r.test:5000/app:1.0.0" → repository and tag; without a tag "latest", as the CLI takes it. */
export function splitTag(image: string): { repository: string; tag: string } {
    const name = image.split("@")[0] ?? "";
    const colon = name.lastIndexOf(":");
    return colon > name.lastIndexOf("/") ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) } : { repository: name, tag: "latest" };
}

/** What the provider says of a name that it cannot push; undefined for one with a registry in it. */
export function qualifiedFault(image: string): string | undefined {
    const [host = ""] = image.split("/");
    if (image.includes("/") && (/[.:]/.test(host) || host === "localhost")) return undefined;
    return "error: repository name must be canonical. This provider requires all image names to be fully qualified.\n"
        + "For example, if you are attempting to push to Dockerhub, prefix your image name with `docker.io`:\n\n`docker.io/repository/image:tag`";
}

/** The images that a Dockerfile pulls, its own stages left out; an argument in a name stays as it is written. */
export function baseImages(dockerfile: string): string[] {
    const stages = new Set<string>();
    const images: string[] = [];
    for (const [, image = "", stage] of dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim)) {
        if (image !== "scratch" && !stages.has(image.toLowerCase())) images.push(image);
        if (stage) stages.add(stage.toLowerCase());
    }
    const frontend = /^#[ \t]*syntax[ \t]*=[ \t]*(\S+)/i.exec(dockerfile)?.[1];
    return frontend ? [frontend, ...images] : images;
}
