import type { View } from "../ground";
import { ensureBaseImages } from "../image/images";
import { aws, view as awsView } from "./aws";
import { cloudflare } from "./cloudflare";
import { createDocker } from "./docker";
import type { Package } from "./kind";
import { random } from "./random";
import { tencent, view as tencentView } from "./tencent";
import { tls } from "./tls";

/** Every plug-in that the program asks for. `directory` is where the engine would run them: the folder of `main` in Pulumi.yaml. */
export const packages = (directory: () => string): Package[] => [aws, tencent, cloudflare, createDocker(directory, (images) => ensureBaseImages(images, (line) => console.log(line))), tls, random];

/** The clouds that have machines. */
export const views: View[] = [awsView, tencentView];
