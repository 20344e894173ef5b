#!/bin/sh
# A user's phone, played with curl: logs in by WeChat, then chats or reads its last conversation.
#   npx antipode visit us -- cli/visitor/phone.sh ada chat "Tell me about the sea"
#   npx antipode visit cn -- cli/visitor/phone.sh ada read
set -eu
user=${1:?who: any name} what=${2:?chat or read}
api=${ANTIPODE_API:-https://api.yourapp.test}
last=${TMPDIR:-/tmp}/antipode-phone-$user

field() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" | head -n 1; }
post() { curl -sSf -H 'content-type: application/json' "$@"; }

# What wx.login does on a real phone: a code that is good for one login.
code=$(curl -sSf "https://api.weixin.qq.com/pocket/login?user=$user" | field code)
token=$(post "$api/api/auth/login" -d "{\"code\":\"$code\"}" | field token)

case $what in
chat)
    text=$(printf %s "${3:-Tell me about the sea}" | sed 's/["\\]/\\&/g')
    # The status goes into a file, for a pipe gives only its last command's.
    { post -N "$api/api/chat" -H "authorization: Bearer $token" -d "{\"message\":\"$text\"}"; echo $? >"$last.status"; } | tee "$last.stream"
    status=$(cat "$last.status")
    [ "$status" = 0 ] || exit "$status"
    field sessionId <"$last.stream" >"$last"
    ;;
read)
    [ -s "$last" ] || { echo "$user has no conversation yet: $0 $user chat" >&2; exit 1; }
    curl -sSf "$api/api/sessions/$(cat "$last")/messages" -H "authorization: Bearer $token"
    echo
    ;;
*) echo "chat or read, not $what" >&2; exit 2 ;;
esac
