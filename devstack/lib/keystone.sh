# shellcheck shell=bash
# Keystone: who people are, and where the services are.

REGION=RegionOne

# The password of whoever is in the cloud, by name.
declare -A ACCOUNT_SECRETS=(
    [admin]=ADMIN_PASSWORD [demo]=DEMO_PASSWORD [alt_demo]=ALT_DEMO_PASSWORD
    [nova_lite]=SERVICE_PASSWORD [nova_lite_compute]=HOST_ACCESS_PASSWORD [glance]=GLANCE_PASSWORD
)

make_keystone_secrets() {
    keep_secret KEYSTONE_DB_PASSWORD "$(secret KEYSTONE_DB_PASSWORD)"
    keep_secret GLANCE_DB_PASSWORD "$(secret GLANCE_DB_PASSWORD)"
    keep_secret ADMIN_PASSWORD "${NOVA_LITE_ADMIN_PASSWORD:-$(secret ADMIN_PASSWORD)}"
    keep_secret DEMO_PASSWORD "${NOVA_LITE_DEMO_PASSWORD:-$(secret DEMO_PASSWORD)}"
    local name
    for name in ALT_DEMO_PASSWORD SERVICE_PASSWORD HOST_ACCESS_PASSWORD GLANCE_PASSWORD; do
        keep_secret "$name" "$(secret "$name")"
    done
}

set_up_keystone() {
    write_server_settings keystone "$NOVA_LITE_KEYSTONE_PORT"
    keystone_settings | write_own_file "$(companion_config keystone)/keystone.conf" "root:$(companion_user keystone)"
    make_keystone_keys fernet
    make_keystone_keys credential
    if runs_as_wanted nova-lite-keystone && password_token admin >/dev/null; then
        return
    fi
    as_companion keystone keystone-manage db_sync || fail "Keystone's database can not be brought up to date."
    bootstrap_keystone || fail "Keystone's first user can not be made."
}

keystone_settings() {
    cat <<END
# Written by stack.sh.

[DEFAULT]
debug = $(is_yes NOVA_LITE_DEBUG && echo true || echo false)
use_stderr = true
public_endpoint = http://$(public_address):$NOVA_LITE_KEYSTONE_PORT

[database]
connection = $(companion_database_url keystone "$(secret KEYSTONE_DB_PASSWORD)")
max_pool_size = 4

[token]
provider = fernet

[fernet_tokens]
key_repository = $(companion_config keystone)/fernet-keys

[fernet_receipts]
key_repository = $(companion_config keystone)/fernet-keys

[credential]
key_repository = $(companion_config keystone)/credential-keys
END
}

# Keys are made once; 'keystone-manage fernet_rotate' replaces them.
make_keystone_keys() { # $1 fernet or credential
    local user
    user=$(companion_user keystone)
    [ ! -e "$(companion_config keystone)/$1-keys/0" ] || return 0
    (cd / && "$COMPANIONS/bin/keystone-manage" --config-dir "$(companion_config keystone)" "$1_setup" \
        --keystone-user "$user" --keystone-group "$user")
}

# The password is in the environment: a command line can be read by every user of the machine.
bootstrap_keystone() {
    OS_BOOTSTRAP_PASSWORD=$(secret ADMIN_PASSWORD) as_companion keystone keystone-manage bootstrap \
        --bootstrap-region-id "$REGION" --bootstrap-service-name keystone --bootstrap-public-url "$(identity_url)" \
        --bootstrap-internal-url "$(identity_url)" --bootstrap-admin-url "$(identity_url)"
}

wait_for_keystone() {
    wait_until "$NOVA_LITE_TIMEOUT" "Keystone does not answer at $(identity_url); look into: $(where_is_the_log nova-lite-keystone)" \
        curl -sf --max-time 5 -o /dev/null "$(identity_url)"
}

# Projects, users, roles and the catalog. What it has to know comes by standard input, for the passwords' sake.
fill_keystone() {
    accounts_wanted | "$COMPANIONS/bin/python" "$SOURCE/devstack/companions/cloud_accounts.py"
}

accounts_wanted() {
    local name passwords=()
    for name in "${!ACCOUNT_SECRETS[@]}"; do
        passwords+=("\"$name\": \"$(secret "${ACCOUNT_SECRETS[$name]}")\"")
    done
    cat <<END
{"identity_url": "$(identity_url)", "region": "$REGION",
 "passwords": {$(IFS=, && echo "${passwords[*]}")},
 "endpoints": {"identity": "$(identity_url)", "compute": "$(compute_url)"$(! has_glance || echo ", \"image\": \"$(image_url)\"")}}
END
}

# The options by which a service says who it is: $1 user, in the project "service".
service_credentials() {
    cat <<END
auth_type = password
auth_url = $(identity_url)
username = $1
password = $(secret "${ACCOUNT_SECRETS[$1]}")
project_name = service
user_domain_name = Default
project_domain_name = Default
region_name = $REGION
END
}
