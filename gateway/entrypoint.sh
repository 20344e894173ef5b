#!/bin/sh
# Runs nginx with the configuration that the pilot rendered, or with one that says "soon" until there is one.
set -eu

conf=/etc/gateway/nginx.conf
# A process that was killed leaves its inner sockets behind, and nginx would not bind over them.
rm -rf /run/gateway
mkdir -p -m 755 /run/gateway /etc/gateway/acme

# A configuration of before may name a certificate that is gone, or a directive that this nginx does not know:
# better to answer "soon", and the pilot brings a good one within seconds.
if [ -e "$conf" ] && ! nginx -t -q -c "$conf"; then
    mv "$conf" "$conf.refused"
fi
# In the same place, for a reload reads the file that nginx was started with.
[ -e "$conf" ] || cp /usr/local/share/gateway/bootstrap.conf "$conf"

exec nginx -c "$conf" -g "daemon off;"
