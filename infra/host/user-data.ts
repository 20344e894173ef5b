import { swarmPool } from "../settings/kinds";

export interface Bootstrap {
    /** OpenSSH private key that the machine answers the first contact with, and no later one. */
    hostKey: string;
}

/**
 * What a new machine runs once, as root: a plain script, because Tencent documents no other form. Nothing in it
 * depends on a release or on a setting that changes, for a changed user-data would ask for a new machine.
 *
 * User-data can be read by every process on the machine and by whoever may describe it in the cloud's API. So the
 * host key in it is only good for the first contact: the readiness gate puts the real one in its place.
 *
 * Limits: 16,384 characters at AWS, 16 KB in base64 at Tencent (12 KB of text).
 */
export function userData({ hostKey }: Bootstrap): string {
    return `#!/bin/bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# ssh: one host key, which the stack knows, and limits for the Docker provider, which opens a session a resource.
umask 077
cat > /etc/ssh/ssh_host_ed25519_key <<'KEY'
${hostKey.trim()}
KEY
ssh-keygen -y -f /etc/ssh/ssh_host_ed25519_key > /etc/ssh/ssh_host_ed25519_key.pub
umask 022
mkdir -p /etc/ssh/sshd_config.d
cat > /etc/ssh/sshd_config.d/10-antipode.conf <<'CONF'
HostKey /etc/ssh/ssh_host_ed25519_key
PasswordAuthentication no
MaxStartups 100:30:200
MaxSessions 100
ClientAliveInterval 15
CONF
systemctl restart ssh

# A new machine's own package run holds the locks for a while (update does not wait for them), and a mirror may fail for
# a while: a first start comes once, so it tries for minutes.
for try in $(seq 30); do
    command -v docker > /dev/null && break
    apt-get update && apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends docker.io || sleep 10
done
systemctl enable --now docker
usermod -aG docker ubuntu

# The primary address: the one that the way out starts from.
address=$(ip -4 route get 1.1.1.1 | sed -n 's/.* src \\([0-9.]*\\).*/\\1/p')
if [ "$(docker info --format '{{.Swarm.LocalNodeState}}')" != active ]; then
    docker swarm init --advertise-addr "$address" --default-addr-pool ${swarmPool} --default-addr-pool-mask-length 24
fi
`;
}
