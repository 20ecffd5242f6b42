# shellcheck shell=bash
# Who stack.sh is for the services: the tokens by which it asks them.

ADMIN=admin
DEMO=demo

# The token of $1, who is in the project of that name.
token_of() {
    if ! has_keystone; then
        echo "$1:$1"
        return
    fi
    [ -s "$RUN_DIR/token.$1" ] || password_token "$1" >"$RUN_DIR/token.$1" ||
        fail "Keystone gives $1 no token, see the log; and look into: $(where_is_the_log nova-lite-keystone)"
    cat "$RUN_DIR/token.$1"
}

# By standard input: a command line can be read by every user of the machine.
password_token() {
    local answer
    answer=$(curl -sS --max-time 30 -D - -o /dev/null -H 'Content-Type: application/json' --data-binary @- "$(identity_url)/auth/tokens" <<END
{"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "$1", "domain": {"id": "default"},
    "password": "$(secret "${ACCOUNT_SECRETS[$1]}")"}}}, "scope": {"project": {"name": "$1", "domain": {"id": "default"}}}}}
END
    )
    sed -n 's/^X-Subject-Token: *\([^[:space:]]*\).*/\1/Ip' <<<"$answer" | grep . || {
        echo "no token for $1: $answer" >&2
        return 1
    }
}
