# shellcheck shell=bash
# What a new cloud starts with: flavors, a network, a key pair, and what clients have to know.

KEY_NAME=demo

set_up_cloud() {
    create_flavors
    create_network
    create_key_pair
    write_client_settings
}

create_flavors() {
    local present id name memory_mb vcpus root_gb
    present=$(api "$ADMIN" GET '/flavors?is_public=none' | json '[flavor["name"] for flavor in it["flavors"]]')
    while read -r id name memory_mb vcpus root_gb; do
        grep -qx "$name" <<<"$present" && continue
        api "$ADMIN" POST /flavors "{\"flavor\": {\"id\": \"$id\", \"name\": \"$name\", \"ram\": $memory_mb,
            \"vcpus\": $vcpus, \"disk\": $root_gb}}"
        # Entropy from the host: a guest without it takes a second longer to make its host keys.
        api "$ADMIN" POST "/flavors/$id/os-extra_specs" '{"extra_specs": {"hw_rng:allowed": "True"}}'
    done <<END
42 m1.nano 128 1 1
84 m1.micro 256 1 1
1 m1.tiny 512 1 1
2 m1.small 2048 1 20
3 m1.medium 4096 2 40
4 m1.large 8192 4 80
5 m1.xlarge 16384 8 160
END
}

create_network() {
    "$VENV/bin/nova-lite-manage" network create --if-absent --label "$NOVA_LITE_NETWORK_NAME" \
        --fixed-range-v4 "$NOVA_LITE_NETWORK_CIDR" ${NOVA_LITE_DNS:+--dns1 "$NOVA_LITE_DNS"}
}

# The user who called stack.sh, by sudo or not.
caller() { echo "${SUDO_USER:-root}"; }
key_file() { echo "$(getent passwd "$(caller)" | cut -d: -f6)/.ssh/nova_lite_$KEY_NAME"; }

create_key_pair() {
    local file public
    file=$(key_file)
    if [ ! -e "$file" ]; then
        install -d -m 0700 -o "$(caller)" -g "$(id -g "$(caller)")" "${file%/*}"
        ssh-keygen -q -t ed25519 -N '' -C "nova_lite $KEY_NAME" -f "$file"
        chown "$(caller):" "$file" "$file.pub"
    fi
    public=$(cat "$file.pub")
    if [ "$(api "$DEMO" GET "/os-keypairs/$KEY_NAME" | json 'it["keypair"]["public_key"].strip()')" = "$public" ]; then
        return
    fi
    api "$DEMO" DELETE "/os-keypairs/$KEY_NAME" || true
    api "$DEMO" POST /os-keypairs "{\"keypair\": {\"name\": \"$KEY_NAME\", \"public_key\": $(quoted "$public")}}"
}
