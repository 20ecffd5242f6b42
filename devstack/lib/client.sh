# shellcheck shell=bash
# The openstack client, as a user of the cloud would call it.

# client USER ARGUMENTS...: in the project of the user's name. What the caller's own environment says does not count.
client() {
    (
        unset "${!OS_@}"
        OS_USERNAME=$1
        OS_PROJECT_NAME=$1
        # By the environment: a command line can be read by every user of the machine.
        OS_PASSWORD=$(secret "${ACCOUNT_SECRETS[$1]}")
        OS_AUTH_URL=$(identity_url)
        OS_REGION_NAME=$REGION
        OS_USER_DOMAIN_ID=default
        OS_PROJECT_DOMAIN_ID=default
        OS_IDENTITY_API_VERSION=3
        export "${!OS_@}"
        "$COMPANIONS/bin/openstack" "${@:2}"
    )
}

# For 'openrc': where the services are, for everybody; and clouds, with passwords, for the user who called stack.sh.
write_client_settings() {
    write_file "$PREFIX/endpoints" 0644 root:root <<END
# Written by stack.sh, read by devstack/openrc.
auth=$NOVA_LITE_AUTH
compute=$(api_url)/v2.1
identity=$(! has_keystone || identity_url)
region=$REGION
END
    if has_keystone; then
        write_clouds
    else
        remove_clouds
    fi
}

clouds_file() { echo "$(getent passwd "$(caller)" | cut -d: -f6)/.config/openstack/clouds.yaml"; }

write_clouds() {
    clouds_wanted | change_clouds write ||
        note "$(clouds_file) stays as it is, see the log. The passwords are in $CONFIG_DIR/secrets."
}

clouds_wanted() {
    local name passwords=()
    for name in admin demo alt_demo; do
        passwords+=("\"$name\": \"$(secret "${ACCOUNT_SECRETS[$name]}")\"")
    done
    echo "{\"auth_url\": \"$(identity_url)\", \"region\": \"$REGION\", \"passwords\": {$(IFS=, && echo "${passwords[*]}")}}"
}

remove_clouds() {
    if [ -e "$(clouds_file)" ] && [ -x "$COMPANIONS/bin/python" ]; then
        change_clouds remove || note "$(clouds_file) may still have clouds whose names begin with nova-lite-"
    fi
}

change_clouds() { "$COMPANIONS/bin/python" "$SOURCE/devstack/companions/clouds_yaml.py" "$1" "$(clouds_file)" "$(caller)"; }
