# shellcheck shell=bash
# Glance: images, kept as files.

set_up_glance() {
    local user directory
    user=$(companion_user glance)
    for directory in images staging tasks lock; do
        install -d -m 0750 -o "$user" -g "$user" "$STATE_DIR/glance/$directory"
    done
    write_server_settings glance "$NOVA_LITE_GLANCE_PORT"
    write_own_file "$(companion_config glance)/glance-policy.yaml" "root:$user" <"$SOURCE/devstack/companions/glance-policy.yaml"
    glance_settings | write_own_file "$(companion_config glance)/glance-api.conf" "root:$user"
    as_companion glance glance-manage db_sync || fail "Glance's database can not be brought up to date."
}

glance_settings() {
    cat <<END
# Written by stack.sh.

[DEFAULT]
debug = $(is_yes NOVA_LITE_DEBUG && echo true || echo false)
use_stderr = true
public_endpoint = $(image_url)
enabled_backends = files:file
enabled_import_methods = [glance-direct]

[glance_store]
default_backend = files

[files]
filesystem_store_datadir = $STATE_DIR/glance/images

[os_glance_staging_store]
filesystem_store_datadir = $STATE_DIR/glance/staging

[os_glance_tasks_store]
filesystem_store_datadir = $STATE_DIR/glance/tasks

[database]
connection = $(companion_database_url glance "$(secret GLANCE_DB_PASSWORD)")
max_pool_size = 4

[keystone_authtoken]
$(service_credentials glance)
www_authenticate_uri = $(identity_url)
service_token_roles = service
service_token_roles_required = true

[oslo_policy]
policy_file = $(companion_config glance)/glance-policy.yaml

[oslo_concurrency]
lock_path = $STATE_DIR/glance/lock

[paste_deploy]
flavor = keystone
config_file = $COMPANIONS/etc/glance/glance-api-paste.ini
END
}

wait_for_glance() {
    wait_until "$NOVA_LITE_TIMEOUT" "Glance does not answer at $(image_url); look into: $(where_is_the_log nova-lite-glance)" \
        curl -sf --max-time 5 -o /dev/null "$(image_url)/versions"
}
