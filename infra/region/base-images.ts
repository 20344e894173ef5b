/** What this repository's Dockerfiles begin from: images of Docker's official library, by the build argument that names each. */
export const baseImages = { NODE_IMAGE: "node:20-slim", NGINX_IMAGE: "nginx:1.28", MONGO_IMAGE: "mongo:7.0" } as const;

export type BaseImage = keyof typeof baseImages;

/** The build arguments that every Dockerfile of this repository understands, with the images from a mirror of the library. */
export function buildArguments({ imageMirror, npmRegistry }: { imageMirror: string; npmRegistry?: string }): Record<string, string> {
    return {
        ...Object.fromEntries(Object.entries(baseImages).map(([argument, image]) => [argument, `${imageMirror}/${image}`])),
        ...(npmRegistry ? { NPM_REGISTRY: npmRegistry } : {}),
    };
}
