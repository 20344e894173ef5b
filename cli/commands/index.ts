import { bench } from "./bench";
import { doctor } from "./doctor";
import { down } from "./down";
import { env } from "./env";
import { logs } from "./logs";
import { pocket } from "./pocket";
import { preview } from "./preview";
import { pulumi } from "./pulumi";
import { abort, pause, promote, releases, resume, rollback } from "./releases";
import { soak } from "./soak";
import { ssh } from "./ssh";
import { status } from "./status";
import { test } from "./test";
import { up } from "./up";
import { visit } from "./visit";

/** Every command, in the order in which help shows them. */
export const commands = [up, test, preview, down, status, releases, rollback, promote, pause, resume, abort, visit, logs, ssh, pocket, pulumi, env, doctor, bench, soak];
