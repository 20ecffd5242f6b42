# shellcheck shell=bash
# The REST API, by curl.

# Networks "auto", and what earlier versions have.
MICROVERSION=2.37

api_url() {
    local address=$NOVA_LITE_API_LISTEN
    [ "$address" != 0.0.0.0 ] || address=127.0.0.1
    echo "http://$address:$NOVA_LITE_API_PORT"
}

# api USER METHOD PATH [BODY]: prints the answer; anything but 2xx is printed to the log and fails.
api() {
    local token method=$2 path=$3 answer status
    token=$(token_of "$1") || return 1
    shift 3
    # The token by standard input: a command line can be read by every user of the machine.
    answer=$(curl -sS --max-time 60 -X "$method" -H @- \
        -H "OpenStack-API-Version: compute $MICROVERSION" -H 'Content-Type: application/json' \
        -H 'Accept: application/json' -w '\n%{http_code}' ${1:+--data-binary "$1"} "$(api_url)/v2.1$path" \
        <<<"X-Auth-Token: $token") || return 1
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    case $status in
        2*) printf '%s\n' "$answer" ;;
        *)
            echo "$method $path: $status $answer" >&2
            return 22
            ;;
    esac
}

# Prints from the JSON on standard input what a Python expression over 'it' answers: a list one item a line.
json() {
    "$VENV/bin/python" -c '
import json, sys
it = json.load(sys.stdin)
found = eval(sys.argv[1])
for line in found if isinstance(found, list) else [found]:
    print("" if line is None else line)' "$1"
}

# A JSON string of $1.
quoted() {
    "$VENV/bin/python" -c 'import json, sys; print(json.dumps(sys.argv[1]))' "$1"
}
