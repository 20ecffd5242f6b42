# shellcheck shell=bash
# The trial: a server goes the whole way, from the REST API to a login in its guest.

TRIAL_SERVER=first-server

boot_trial_server() {
    local id
    remove_trial_servers
    if has_glance; then
        boot_by_client
    else
        boot_by_api
    fi
    head -n 1 <<<"$(trial_servers)" >"$RUN_DIR/server"
    id=$(cat "$RUN_DIR/server")
    [ -n "$id" ] || fail "No server was made. Look into the log and $(where_is_the_log "$(api_daemon)")."
    wait_until "$NOVA_LITE_TIMEOUT" "The server $id is not ACTIVE. What it waits for: . devstack/openrc; api GET /servers/$id/os-instance-actions
and $(where_is_the_log nova-lite-conductor), $(where_is_the_log nova-lite-compute)" has_settled "$id"
    [ "$(server_field "$id" status)" = ACTIVE ] ||
        fail "The server $id went to $(server_field "$id" status): $(server_field "$id" fault.message)
Look into $(where_is_the_log nova-lite-compute) and $(where_is_the_log nova-lite-conductor)."
    note "server $TRIAL_SERVER ($id) is ACTIVE"
}

# As the README says it. What went wrong the server itself tells, if there is one.
boot_by_client() {
    note "openstack server create --image $GUEST_IMAGE --flavor m1.nano --network $NOVA_LITE_NETWORK_NAME --key-name $KEY_NAME --wait $TRIAL_SERVER"
    client "$DEMO" server create --image "$GUEST_IMAGE" --flavor m1.nano --network "$NOVA_LITE_NETWORK_NAME" \
        --key-name "$KEY_NAME" --wait "$TRIAL_SERVER" || echo "the client's exit status is $?"
}

boot_by_api() {
    local image
    image=$("$VENV/bin/nova-lite-manage" image list --name "$GUEST_IMAGE" --json | json 'it[0]["id"]')
    api "$DEMO" POST /servers "{\"server\": {\"name\": \"$TRIAL_SERVER\", \"imageRef\": \"$image\",
        \"flavorRef\": \"42\", \"key_name\": \"$KEY_NAME\", \"networks\": \"auto\"}}"
}

trial_servers() { api "$DEMO" GET "/servers?name=^$TRIAL_SERVER\$" | json '[server["id"] for server in it["servers"]]'; }

reach_trial_server() {
    local id address console
    id=$(cat "$RUN_DIR/server")
    address=$(trial_address "$id")
    wait_until "$NOVA_LITE_TIMEOUT" "The guest does not answer pings at $address.
Its console log may say why: . devstack/openrc; console $TRIAL_SERVER" \
        ping -c 1 -W 1 "$address"
    note "ping $address: answers"
    wait_until "$NOVA_LITE_TIMEOUT" "The guest at $address does not let 'ssh -i $(key_file) root@$address' in." \
        trial_ssh "$address" true
    # shellcheck disable=SC2016
    note "ssh root@$address: $(trial_ssh "$address" 'echo "$(hostname), up for $(cut -d. -f1 /proc/uptime) s"')"
    wait_until 20 'The console log has no line "nova_lite guest ready".' console_says_ready "$id"
    note "the end of its console log:"
    trial_console "$id" 8 | while IFS= read -r console; do note "  | $console"; done
}

# A fake driver has no guest to log in to; its console log says so itself.
show_fake_server() {
    local id console
    id=$(cat "$RUN_DIR/server")
    trial_console "$id" 5 | while IFS= read -r console; do note "  | $console"; done
}

remove_trial_servers() {
    local id
    for id in $(trial_servers); do
        api "$DEMO" DELETE "/servers/$id"
        wait_until "$NOVA_LITE_TIMEOUT" "The server $id of an earlier run can not be deleted; see $(where_is_the_log nova-lite-compute)." \
            is_gone "$id"
    done
}

is_gone() { ! api "$DEMO" GET "/servers/$1"; }

has_settled() { [[ $(server_field "$1" status) =~ ^(ACTIVE|ERROR)$ ]]; }

server_field() { # of server $1 the field $2, such as fault.message
    api "$DEMO" GET "/servers/$1" | json "__import__('functools').reduce(lambda at, key: at.get(key, {}), '$2'.split('.'), it['server'])"
}

trial_address() {
    api "$DEMO" GET "/servers/$1" | json '[nic["addr"] for nics in it["server"]["addresses"].values() for nic in nics]'
}

trial_console() { # of server $1 the last $2 lines
    api "$DEMO" POST "/servers/$1/action" "{\"os-getConsoleOutput\": {\"length\": $2}}" | json 'it["output"].rstrip()' | tr -d '\r'
}

console_says_ready() { grep -q 'nova_lite guest ready' <<<"$(trial_console "$1" 40)"; }

trial_ssh() { # at address $1 the command $2; each guest has new host keys
    ssh -n -i "$(key_file)" -o BatchMode=yes -o ConnectTimeout=3 -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR "root@$1" "$2"
}
