import { refusals } from "../pilot/status/refusals";

interface Entry {
    /** What happened, with `{name}` places for the particulars. */
    cause: string;
    /** What the reader does now. */
    remedy: string;
}

const entries = {
    SETTINGS_INVALID: {
        cause: "The settings of stack {stack} are not usable:\n{faults}",
        remedy: "Mend them with `pulumi config set` or in Pulumi.{stack}.yaml; every setting is explained in docs/settings.md.",
    },
    DISK_SHRINKS: {
        cause: "The diskGb of stack {stack} is {wanted}, and its machine's disk has {had} GB. The clouds only grow disks.",
        remedy: "Set it back with `pulumi config set --stack {stack} antipode:diskGb {had}`. A smaller disk takes a new machine: docs/real-clouds.md#another-zone-network-or-disk.",
    },
    MACHINE_STAYS: {
        cause: "The {setting} of stack {stack} is {wanted}, and its machine stands in {had}. Another machine would have an empty database.",
        remedy: "Set it back with `pulumi config set --stack {stack} antipode:{setting} {had}`. To move the region with its data: docs/real-clouds.md#another-zone-network-or-disk.",
    },
    ADDRESS_TAKEN: {
        cause: "{what} cannot listen on {address}, port {port}: another program does, or the address is not on this machine.",
        remedy: "See which one with `ss -lntup 'sport = :{port}'` and stop it; then run the command again.",
    },
    ACME_NOT_STARTED: {
        cause: "The pocket's certificate authority (pebble) did not start: {reason}",
        remedy: "Install it with `apt-get install pebble`; if it is there, read its log in {log}.",
    },
    NO_MACHINE: {
        cause: "There is no machine in {region}.",
        remedy: "Bring the region up with `npm run up`; `npx antipode status` shows what there is.",
    },
    FAULT_NOT_MADE: {
        cause: "The fault could not be made ({what}): {reason}",
        remedy: "See whether the machine is up with `npx antipode status`, and `npx antipode pocket start <region>` if it is off.",
    },
    DELAY_NOT_BUILT: {
        cause: "The program that delays packets between the regions could not be built: {reason}",
        remedy: "It needs Go 1.22 or newer on the PATH; install it and give the delay again.",
    },
    RANGE_TAKEN: {
        cause: "The pocket cloud needs the address range {range}, but this machine already has a route into it: {route}.",
        remedy: "Take that route away while the pocket cloud runs, or use another machine. The private network of a region is its setting networkCidr; the other ranges stand in pocket/network/world.ts.",
    },

    // The command line.
    STACK_UNKNOWN: {
        cause: "There is no stack \"{name}\". The stacks are {known}.",
        remedy: "Did you mean {nearest}? `npx antipode up --help` shows examples.",
    },
    REGION_UNKNOWN: {
        cause: "There is no region \"{name}\". The regions are {known}.",
        remedy: "Did you mean {nearest}?",
    },
    PLACE_UNKNOWN: {
        cause: "There are no visitors in \"{name}\". They are in {known}.",
        remedy: "Did you mean {nearest}? As in: npx antipode visit {nearest} -- curl -s https://api.yourapp.test/api/health",
    },
    STACK_NOT_NAMED: {
        cause: "`pulumi {command}` reads a stack's settings, and no stack is named.",
        remedy: "Add `-s` and one of {known}.",
    },
    ALREADY_RUNNING: {
        cause: "`{purpose}` runs already (process {pid}, since {since}); two at once would undo each other's work.",
        remedy: "Wait until it has finished, or end it with Ctrl-C where it runs; then run the command again.",
    },

    // The machine that the pocket cloud is to run on.
    NOT_LINUX: {
        cause: "The pocket cloud needs Linux, and this is {platform}: its machines, networks and firewalls are the kernel's.",
        remedy: "Use a Linux machine or a virtual one. Real clouds can be reached from here: docs/real-clouds.md.",
    },
    NOT_ROOT: {
        cause: "The pocket cloud makes networks, firewall rules and machines, and this user may not.",
        remedy: "Run the same command as root: sudo -E env \"PATH=$PATH\" npm run up",
    },
    DISK_TOO_SMALL: {
        cause: "{folder} has {free} GiB left, and the pocket cloud needs {needed} GiB.",
        remedy: "Free some room there, or set XDG_CACHE_HOME to a folder on a larger disk.",
    },
    PROGRAMS_MISSING: {
        cause: "These programs are not installed, and this is no Debian on which they could be: {programs}.",
        remedy: "Install them with this system's own package manager. On Debian the packages are: {packages}",
    },
    PACKAGES_FAILED: {
        cause: "The Debian packages {packages} could not be installed:\n{log}",
        remedy: "Run `apt-get install {packages}` to see more; mostly the package source cannot be reached, or another apt runs.",
    },

    // The Pulumi engine.
    ENGINE_NEEDS_GO: {
        cause: "There is no Pulumi {version} here, it cannot be downloaded, and Go, with which it would be built, is not installed.",
        remedy: "Install Pulumi (pulumi.com/docs/install) or Go 1.25 or newer (go.dev/dl); then run the command again.",
    },
    ENGINE_BUILD_FAILED: {
        cause: "The Pulumi engine could not be built; `{command}` said:\n{log}",
        remedy: "Mostly the Go module proxy cannot be reached or the disk is full. Mend that, or install Pulumi (pulumi.com/docs/install).",
    },
    PULUMI_FAILED: {
        cause: "`pulumi {command}` failed:\n{log}",
        remedy: "Run it by hand to see more: npx antipode pulumi -- {command}",
    },
    STACK_FAILED: {
        cause: "`pulumi {operation}` of stack {stack} failed:\n{errors}",
        remedy: "Mend what the first line names and run the same command again; it goes on from here. The pocket cloud's log is {log}.",
    },
    PREVIEW_FAILED: {
        cause: "The preview failed for: {stacks}. Nothing was changed.",
        remedy: "The errors are above, each with its remedy.",
    },

    // The pocket cloud.
    POCKET_NOT_UP: {
        cause: "There is no pocket cloud on this machine.",
        remedy: "Bring it up: npm run up",
    },
    POCKET_FAILED: {
        cause: "The pocket cloud did not come up:\n{log}",
        remedy: "Mend what the last line names and run the command again, or take all away with `npx antipode down --force`. The whole log is {file}.",
    },
    POCKET_REFUSED: {
        cause: "The pocket cloud refused {request}: {answer}",
        remedy: "Look at what stands with `npx antipode status`, and at the command's `--help`.",
    },
    REGION_NOT_UP: {
        cause: "The region {region} does not stand.",
        remedy: "Bring it up: {command}",
    },
    API_SILENT: {
        cause: "The stacks are up, but https://{host} did not answer a visitor in {place} within {seconds} s. The last try: {last}",
        remedy: "See what the region says: npx antipode logs {place} gateway; npx antipode logs {place} app; npx antipode status",
    },

    NO_VERSION_SERVES: {
        cause: "{region} serves no version of the app: {why}.",
        remedy: "See what happened: npx antipode releases {target}; npx antipode logs {target} pilot. Give all visitors a kept version with `npx antipode rollback {target} <version>` (npx antipode versions {target}), or release a new one: npx antipode release",
    },

    // A region's machine, its pilot, and the releases there. The pilot's own refusals are in its words.
    POCKET_OR_REAL: {
        cause: "There is no pocket cloud on this machine; in {folder} there are keys of real machines.",
        remedy: "If those are meant, give the command again with `--real`. A pocket cloud comes up with `npm run up`.",
    },
    REAL_KEYS_MISSING: {
        cause: "There are no keys of a real machine ({region}) in {folder}.",
        remedy: "They are in the stack's state: see that `pulumi stack output -s <region>` works here, then give the command again. Or name their folder with ANTIPODE_KEYS. A shell of `npx antipode env` has the pocket's keys there: take another one.",
    },
    NO_REGION_UP: {
        cause: "No region stands.",
        remedy: "Bring them up: {command}",
    },
    HOST_UNREACHABLE: {
        cause: "There is no connection to the machine of {region} ({address}): {reason}",
        remedy: "See whether it runs (`npx antipode status`, or the cloud's console) and whether ssh is open to this computer's address (the setting adminCidrs). What serves there goes on, and so does a release.",
    },
    PILOT_GONE: {
        cause: "No pilot runs in {region}.",
        remedy: "Swarm starts another one within seconds, and visitors get meanwhile what they had. See why it does not: npx antipode logs {target} pilot",
    },
    PILOT_SILENT: {
        cause: "The pilot of {region} gives no answer: {reason}",
        remedy: "Ask once more. If that stays so: npx antipode logs {target} pilot. One that is older than these commands is renewed by an `up` of its region.",
    },
    RELEASE_NONE: {
        cause: refusals.RELEASE_NONE,
        remedy: "See what happened: npx antipode releases {target}; and what serves: npx antipode versions {target}",
    },
    RELEASE_UNDER_WAY: {
        cause: refusals.RELEASE_UNDER_WAY,
        remedy: "One at a time. Follow it with `npx antipode releases {target} -f`, or take it back with `npx antipode abort {target}`; then give the command again.",
    },
    RELEASE_STARTING: {
        cause: refusals.RELEASE_STARTING,
        remedy: "Wait until it is: npx antipode releases {target} -f; or take it back: npx antipode abort {target}",
    },
    RELEASE_NOT_PAUSED: {
        cause: refusals.RELEASE_NOT_PAUSED,
        remedy: "It goes on by itself. See how far it is: npx antipode traffic {target}",
    },
    RELEASE_PAUSED: {
        cause: refusals.RELEASE_PAUSED,
        remedy: "Let it go on with `npx antipode resume {target}`, or take it back with `npx antipode abort {target}`.",
    },
    RELEASE_CHANGED: {
        cause: refusals.RELEASE_CHANGED,
        remedy: "Look at what is true now with `npx antipode traffic {target}`, then give the command again.",
    },
    VERSION_NOT_KEPT: {
        cause: refusals.VERSION_NOT_KEPT,
        remedy: "Name one of those; `npx antipode versions {target}` tells more of them. What is kept no longer comes back as a new version, released under a number of its own.",
    },
    VERSION_SERVES: {
        cause: refusals.VERSION_SERVES,
        remedy: "There is nothing to do: npx antipode versions {target}. For a release, raise the version first: npm version patch --prefix app",
    },
    NO_VERSION_BEFORE: {
        cause: refusals.NO_VERSION_BEFORE,
        remedy: "Name one of those that are kept, if there is one: npx antipode versions {target}. Else only a new version helps: npx antipode release",
    },
    VERSION_INVALID: {
        cause: "There is no version \"{version}\" ({where}): a version is semantic, such as 1.5.0 or 1.5.0-rc.1.",
        remedy: "Write it as MAJOR.MINOR.PATCH, without build metadata (semver.org). What there is: npx antipode versions",
    },
    VERSION_TOO_LONG: {
        cause: "The version {version} is too long: its service would be called {service}, which has {length} characters, and a service's name has at most {longest}.",
        remedy: "Shorten the part behind the hyphen, as in 1.5.0-rc.1.",
    },
    VERSION_COLLIDES: {
        cause: "The version {version} cannot stand beside {other}: both would be the service {service}, because a service's name has neither dots nor upper case.",
        remedy: "Raise the number in the app's package.json (`npm version prerelease --prefix app`) or VERSION.",
    },
    VERSION_MADE: {
        cause: "Version {version}, which the source has, was made in {region} already, and does not serve there.",
        remedy: "A version is made once. Raise its number for a release (`npm version patch --prefix app`, or the file VERSION), or give all visitors this one, as it was made: npx antipode rollback {target} {version}",
    },
    STRATEGY_INVALID: {
        cause: "The strategy is of no use: {reason}.",
        remedy: "Each is explained in docs/releases.md; one of your own is given as in: npx antipode release --strategy 20,60,100",
    },
    REAL_UP_FAILED: {
        cause: "`pulumi up -s {region}` {outcome}.",
        remedy: "Mend what it names and give the command again. Whether a version was made nevertheless: npx antipode versions {target}; its release, if so: npx antipode releases {target} -f",
    },
    RELEASE_NOT_BEGUN: {
        cause: "The stack {region} is up, and its pilot has not begun to release {version} within {seconds} s.",
        remedy: "See why: npx antipode logs {target} pilot; npx antipode versions {target}",
    },
    LIVE_NOT_SEEN: {
        cause: "The order was given, but {url} did not answer with {version} within {seconds} s. The last try: {last}",
        remedy: "The pilot goes on with it. See how far it is: npx antipode traffic {target}; npx antipode logs {target} pilot; npx antipode logs {target} gateway",
    },
    ROLLBACK_FAILED: {
        cause: "The rollback of {region} to {version} did not hold: {why}",
        remedy: "Visitors have what they had before: npx antipode versions {target}. See why it failed with `npx antipode logs {target} --version {version}`, or take another version.",
    },
    NO_INSTANCE: {
        cause: "No instance of {version} runs in {region}.",
        remedy: "See which versions have one: npx antipode versions {target}. A kept one gets one when it comes back: npx antipode rollback {target} {version}",
    },

    // Tests and measurements.
    TESTS_LEFT_STACKS: {
        cause: "After the tests the stacks could not be destroyed.",
        remedy: "The reason is above. The pocket cloud is taken away with what is in it."
    },
    BENCH_NEEDS_NONE: {
        cause: "A pocket cloud is up, and the measurement begins from none: it would destroy this one.",
        remedy: "Take it away first: npm run down",
    },
    BENCH_FAILED: {
        cause: "What was measured failed: `antipode {command}` ended with {status}.",
        remedy: "Make it work by itself first; the error is above.",
    },
    BENCH_NOT_POSSIBLE: {
        cause: "The app cannot be measured here: {reason}",
        remedy: "It needs Linux with two cores or more, one of them for what is measured alone, `taskset` (package util-linux) and Go.",
    },
    BENCH_NOT_BUILT: {
        cause: "What is to be measured could not be built: {what}\n{reason}",
        remedy: "Make it build by itself; the command is above.",
    },
    BENCH_PROGRAM_FAILED: {
        cause: "{name}: {what}.\n{log}",
        remedy: "What it wrote last stands above; run the measurement again when that is mended.",
    },
    MONGOD_MISSING: {
        cause: "The tests need a real mongod, and none could be had: {reason}",
        remedy: "Install MongoDB so that `mongod` is on the PATH, or name one with MONGOD=/path/to/mongod.",
    },
} as const satisfies Record<string, Entry>;

export type Code = keyof typeof entries;
export const catalogue: Record<Code, Entry> = entries;
