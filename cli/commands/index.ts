import { bench } from "./bench";
import { doctor } from "./doctor";
import { down } from "./down";
import { env } from "./env";
import { logs } from "./logs";
import { abort, pause, promote, resume } from "./orders";
import { pocket } from "./pocket";
import { preview } from "./preview";
import { pulumi } from "./pulumi";
import { release } from "./release";
import { releases } from "./releases";
import { rollback } from "./rollback";
import { shell } from "./shell";
import { soak } from "./soak";
import { ssh } from "./ssh";
import { status } from "./status";
import { test } from "./test";
import { traffic } from "./traffic";
import { up } from "./up";
import { versions } from "./versions";
import { visit } from "./visit";

/** Every command, in the order in which help shows them. */
export const commands = [
    up, test, preview, down, status, release, releases, versions, traffic, rollback, promote, pause, resume, abort, visit, logs, ssh, shell, pocket, pulumi, env, doctor, bench, soak,
];
