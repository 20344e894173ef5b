#!/bin/sh
# Runs mongod with authorization and TLS required. Users are the pilot's work, through the unix socket in /run/mongod;
# no password comes near this container.
set -eu

: "${CACHE_GB:=0.5}"
pem=/run/secrets/mongod.pem
ca=/run/secrets/mongod-ca.pem
for file in "$pem" "$ca"; do
    if [ ! -r "$file" ]; then
        echo "mongod: the Docker secret ${file##*/} is missing: certificate with key in mongod.pem, its authority in mongod-ca.pem" >&2
        exit 1
    fi
done

# mongod's own user and root alone may pass: whoever reaches the socket on an empty database makes its first user.
chown mongodb /run/mongod
chmod 700 /run/mongod
find /data/db ! -user mongodb -exec chown mongodb {} +
# Swarm gives secrets to root unless told otherwise; a copy in memory is as private as the secret itself.
install -d -o mongodb -m 700 /dev/shm/mongod
install -o mongodb -m 400 "$pem" "$ca" /dev/shm/mongod

# Docker 29 gives a soft limit of 1,024 files, and mongod takes no more connections than four fifths of that. MongoDB recommends 64,000.
files=$(ulimit -Hn)
if [ "$files" = unlimited ] || [ "$files" -gt 64000 ]; then files=64000; fi
ulimit -Sn "$files"

exec setpriv --reuid mongodb --regid "$(id -g mongodb)" --init-groups mongod \
    --dbpath /data/db --wiredTigerCacheSizeGB "$CACHE_GB" --quiet \
    --auth --bind_ip_all --port 27017 --unixSocketPrefix /run/mongod --filePermissions 0600 \
    --tlsMode requireTLS --tlsCertificateKeyFile /dev/shm/mongod/mongod.pem --tlsCAFile /dev/shm/mongod/mongod-ca.pem \
    --tlsAllowConnectionsWithoutCertificates --setParameter suppressNoTLSPeerCertificateWarning=true "$@"
