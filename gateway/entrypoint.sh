#!/bin/bash
# Runs nginx with the configuration that the pilot rendered, or with one that says "soon" until there is one.
set -eu

conf=/etc/gateway/nginx.conf
# A process that was killed leaves its inner sockets behind, and nginx would not bind over them.
rm -rf /run/gateway
mkdir -p -m 755 /run/gateway /etc/gateway/acme

# Every reload closes kept connections; in the moment in which a visitor asks something on his, his request is lost. nginx
# can leave those alone that were used a moment ago (1.27.4, nginx/nginx#456), if it is new enough.
patience='keepalive_min_timeout 10s;'
echo "events {} http { $patience }" > /run/gateway/probe
if nginx -t -q -c /run/gateway/probe 2> /dev/null; then echo "$patience" > /run/gateway/patience.conf; fi

# A configuration of before may name a certificate that is gone, or a directive that this nginx does not know:
# better to answer "soon", and the pilot brings a good one within seconds.
if [ -e "$conf" ] && ! nginx -t -q -c "$conf"; then
    mv "$conf" "$conf.refused"
fi
# In the same place, for a reload reads the file that nginx was started with.
[ -e "$conf" ] || cp /usr/local/share/gateway/bootstrap.conf "$conf"

# nginx repeats a request that failed with its query, which nobody should read in a log: a tester's link has a proof in it.
# Through a pipe without a name: nginx opens it anew at each reload, and would wait for a reader of one with a name.
exec nginx -c "$conf" -g "daemon off;" 2> >(LC_ALL=C exec sed -u -E -f /usr/local/share/gateway/queries.sed >&2)
