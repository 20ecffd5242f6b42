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
    if [ "$(uploaded_version)" = "$version" ]; then
        note "image $GUEST_IMAGE is in the store"
        return
    fi
    remove_guest_images
    create_image "$GUEST_IMAGE-kernel" vmlinuz --disk-format aki
    create_image "$GUEST_IMAGE-ramdisk" initramfs --disk-format ari
    create_image "$GUEST_IMAGE" disk.qcow2 --disk-format qcow2 --min-disk 1 --min-ram 64 \
        --kernel "$GUEST_IMAGE-kernel" --ramdisk "$GUEST_IMAGE-ramdisk" \
        --property os_distro=nova-lite-guest --property hw_rng_model=virtio --property "built_from=$version"
}

create_image() { # $1 name, $2 file in the cache, then more arguments
    "$VENV/bin/nova-lite-manage" image create "$1" --file "$CACHE_DIR/guest_image/$2" --visibility public "${@:3}"
}

uploaded_version() {
    "$VENV/bin/nova-lite-manage" image list --name "$GUEST_IMAGE" --json |
        json '[image["properties"].get("built_from") for image in it]'
}

remove_guest_images() {
    local name id
    for name in "$GUEST_IMAGE" "$GUEST_IMAGE-ramdisk" "$GUEST_IMAGE-kernel"; do
        for id in $("$VENV/bin/nova-lite-manage" image list --name "$name" --json | json '[image["id"] for image in it]'); do
            "$VENV/bin/nova-lite-manage" image delete "$id"
        done
    done
}
