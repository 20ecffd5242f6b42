# shellcheck shell=bash
# The guest image: built once, kept in the cache, put into the image store.

GUEST_IMAGE=nova-lite-guest

build_guest_image() {
    "$SOURCE/devstack/guest_image/build.sh" "$CACHE_DIR/guest_image" ||
        fail 'The guest image could not be built; the packages for it come from the mirrors that apt uses.'
}

upload_guest_image() {
    local version
    version=$(sha256sum <"$CACHE_DIR/guest_image/built-from" | cut -c1-16)
    if "is_in_$NOVA_LITE_IMAGES" "$version"; then
        note "image $GUEST_IMAGE is in the store"
        return
    fi
    "upload_to_$NOVA_LITE_IMAGES" "$version"
}

# --- Glance, by the client --------------------------------------------------

is_in_glance() { # $1 the version
    client "$ADMIN" image list --name "$GUEST_IMAGE" --status active --property "built_from=$1" -f value -c ID | grep .
}

upload_to_glance() { # $1 the version
    local kernel ramdisk id
    for id in $(client "$ADMIN" image list -f json |
        json "[image['ID'] for image in it if image['Name'] in ('$GUEST_IMAGE', '$GUEST_IMAGE-kernel', '$GUEST_IMAGE-ramdisk')]"); do
        client "$ADMIN" image delete "$id"
    done
    kernel=$(create_in_glance "$GUEST_IMAGE-kernel" vmlinuz --disk-format aki --container-format aki)
    ramdisk=$(create_in_glance "$GUEST_IMAGE-ramdisk" initramfs --disk-format ari --container-format ari)
    create_in_glance "$GUEST_IMAGE" disk.qcow2 --disk-format qcow2 --container-format bare --min-disk 1 --min-ram 64 \
        --property "kernel_id=$kernel" --property "ramdisk_id=$ramdisk" --property os_distro=nova-lite-guest \
        --property hw_rng_model=virtio --property "built_from=$1"
}

create_in_glance() { # $1 name, $2 file in the cache, then more arguments; prints the id
    client "$ADMIN" image create "$1" --file "$CACHE_DIR/guest_image/$2" --public "${@:3}" -f value -c id
}

# --- the built-in store -----------------------------------------------------

is_in_files() { # $1 the version
    grep -qx "$1" <<<"$("$VENV/bin/nova-lite-manage" image list --name "$GUEST_IMAGE" --json |
        json '[image["properties"].get("built_from") for image in it]')"
}

upload_to_files() { # $1 the version
    local name id
    for name in "$GUEST_IMAGE" "$GUEST_IMAGE-ramdisk" "$GUEST_IMAGE-kernel"; do
        for id in $("$VENV/bin/nova-lite-manage" image list --name "$name" --json | json '[image["id"] for image in it]'); do
            "$VENV/bin/nova-lite-manage" image delete "$id"
        done
    done
    create_in_files "$GUEST_IMAGE-kernel" vmlinuz --disk-format aki
    create_in_files "$GUEST_IMAGE-ramdisk" initramfs --disk-format ari
    create_in_files "$GUEST_IMAGE" disk.qcow2 --disk-format qcow2 --min-disk 1 --min-ram 64 \
        --kernel "$GUEST_IMAGE-kernel" --ramdisk "$GUEST_IMAGE-ramdisk" \
        --property os_distro=nova-lite-guest --property hw_rng_model=virtio --property "built_from=$1"
}

create_in_files() { # $1 name, $2 file in the cache, then more arguments
    "$VENV/bin/nova-lite-manage" image create "$1" --file "$CACHE_DIR/guest_image/$2" --visibility public "${@:3}"
}
