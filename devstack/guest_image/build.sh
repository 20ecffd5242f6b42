#!/bin/bash
# Builds the small guest image from packages of the distribution, without root rights or a chroot.
#
#   build.sh OUTPUT_DIR
#
# leaves in OUTPUT_DIR: vmlinuz, initramfs (its drivers), disk.qcow2 (its root file system) and 'built-from'.
# The guest boots directly from kernel and initramfs, so it needs no boot loader and starts in seconds even
# where the processor is emulated. Nothing is done if OUTPUT_DIR already holds what these sources and the
# packages' present versions give. What it needs: apt, dpkg, mke2fs, qemu-img, zstd and xz.
set -euo pipefail
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
disk_mb=48

die() {
    echo "guest image: $*" >&2
    exit 1
}

# The smallest kernel that the distribution has for virtual machines: Debian's, then Ubuntu's name.
kernel_package() {
    local meta package
    for meta in linux-image-cloud-amd64 linux-image-virtual; do
        package=$(apt-cache depends "$meta" 2>/dev/null |
            awk '$1 == "Depends:" && $2 ~ /^linux-image-[0-9]/ && !seen++ {print $2}')
        if [ -n "$package" ]; then
            echo "$package"
            return
        fi
    done
    die 'apt knows neither linux-image-cloud-amd64 nor linux-image-virtual; run apt-get update'
}

# The packages of $@ and of the shared libraries that they need.
with_dependencies() {
    apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
        --no-enhances "$@" | grep -E '^(dropbear|e2fsprogs|lib|zlib)'
}

wanted_packages() {
    local kernel
    kernel=$(kernel_package)
    # Ubuntu keeps the modules in a package of their own.
    {
        echo "$kernel"
        apt-cache depends "$kernel" | awk '$1 == "Depends:" && $2 ~ /^linux-modules-[0-9]/ {print $2}'
        echo busybox-static
        with_dependencies dropbear-bin e2fsprogs
    } | sort -u | xargs apt-cache show --no-all-versions |
        awk '$1 == "Package:" {package = $2} $1 == "Version:" {print package "=" $2}'
}

sources_checksum() {
    (cd "$here" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64)
}

unpack_packages() { # into $work/unpacked
    mkdir "$work/packages" "$work/unpacked"
    chmod 0755 "$work" "$work/packages"
    (cd "$work/packages" && xargs apt-get -q -o APT::Sandbox::User="$(id -un)" download) <"$work/packages.list"
    local package
    for package in "$work"/packages/*.deb; do
        dpkg-deb -x "$package" "$work/unpacked"
    done
}

in_unpacked() { # the path of file $1, wherever the release has put it
    local candidate
    for candidate in "$work/unpacked/$1" "$work/unpacked/usr/$1"; do
        if [ -e "$candidate" ]; then
            echo "$candidate"
            return
        fi
    done
    die "no package brought /$1"
}

plain_module() { # compressed module $1 to file $2
    case $1 in
        *.ko) cp "$1" "$2" ;;
        *.ko.xz) xz -dc "$1" >"$2" ;;
        *.ko.zst) zstd -dqc "$1" >"$2" ;;
        *.ko.gz) gzip -dc "$1" >"$2" ;;
    esac
}

module_dependencies() { # of the plain module file $1; its description is a list of strings with NUL between
    grep -zao '^depends=.*' "$1" | tr -d '\0' | sed 's/^depends=//; s/,/ /g'
}

add_module() { # module $1, its dependencies first; skips what is built in or unknown
    local underscored=${1//-/_} file dependency
    [ ! -e "$initramfs/modules/$underscored.ko" ] || return 0
    file=$(find "$modules" -name "${underscored//_/[_-]}.ko*" -print -quit)
    [ -n "$file" ] || return 0
    plain_module "$file" "$initramfs/modules/$underscored.ko"
    for dependency in $(module_dependencies "$initramfs/modules/$underscored.ko"); do
        add_module "$dependency"
    done
    echo "$underscored.ko" >>"$initramfs/modules/order"
}

build_initramfs() {
    local module modules
    initramfs=$work/initramfs
    modules=$(dirname "$(in_unpacked lib/modules)")/modules
    mkdir -p "$initramfs"/{bin,modules,proc,sys,dev,root}
    cp "$here/initramfs/init" "$initramfs/init"
    install_busybox "$initramfs/bin"
    while read -r module; do
        add_module "$module"
    done < <(grep -oE '^[a-z0-9_-]+' "$here/modules")
    [ -s "$initramfs/modules/order" ] || die "found no module in $modules"
    (cd "$initramfs" && find . | LC_ALL=C sort | "$busybox" cpio -o -H newc -R 0:0 2>/dev/null) >"$out/initramfs"
}

install_busybox() { # into directory $1, with a link for each of its programs
    local applet
    cp "$busybox" "$1/busybox"
    for applet in $("$busybox" --list); do
        [ "$applet" = busybox ] || ln -s busybox "$1/$applet"
    done
}

install_with_libraries() { # programs, with the loader and the libraries that they name
    local program library loader
    loader=$(in_unpacked lib64/ld-linux-x86-64.so.2)
    libraries=$work/unpacked/lib/x86_64-linux-gnu:$work/unpacked/usr/lib/x86_64-linux-gnu
    for program; do
        cp "$(in_unpacked "$program")" "$root/bin/"
        "$loader" --library-path "$libraries" --list "$root/bin/${program##*/}" |
            awk -v unpacked="$work/unpacked" 'index($3, unpacked) == 1 {print $3}' |
            while read -r library; do cp -L "$library" "$root/lib/"; done
    done
    cp -L "$loader" "$root/lib64/"
}

build_root() {
    root=$work/root
    mkdir -p "$root"/{bin,lib,lib64,dev,proc,sys,run,tmp,mnt,etc/dropbear,var/lib/guest,var/log,usr}
    mkdir -m 0700 "$root/root"
    cp -r "$here/root/." "$root/"
    ln -s bin "$root/sbin"
    ln -s ../bin ../sbin "$root/usr/"
    ln -s ../run "$root/var/run"
    install_busybox "$root/bin"
    install_with_libraries usr/sbin/dropbear usr/bin/dropbearkey sbin/resize2fs
    ln -sf /proc/mounts "$root/etc/mtab"
    chmod 0640 "$root/etc/shadow"
    chmod 1777 "$root/tmp"
}

build_disk() {
    truncate -s "${disk_mb}M" "$work/disk.raw"
    # A journal, so that a guest that was killed comes up again; room in the descriptors to grow on line.
    mke2fs -q -t ext4 -d "$root" -L guest-root -b 4096 -J size=4 -m 0 -E root_owner=0:0 -F "$work/disk.raw"
    qemu-img convert -q -f raw -O qcow2 "$work/disk.raw" "$out/disk.qcow2"
}

main() {
    [ $# = 1 ] || die 'usage: build.sh OUTPUT_DIR'
    [ "$(dpkg --print-architecture)" = amd64 ] || die 'only amd64 guests can be built'
    mkdir -p "$1"
    out=$(cd "$1" && pwd)
    work=$(mktemp -d "${TMPDIR:-/var/tmp}/nova-lite-guest.XXXXXX")
    trap 'rm -rf "$work"' EXIT

    wanted_packages >"$work/packages.list"
    { sources_checksum && cat "$work/packages.list"; } >"$work/built-from"
    if cmp -s "$work/built-from" "$out/built-from"; then
        echo "guest image: $out is up to date"
        return
    fi
    rm -f "$out/built-from"
    unpack_packages
    busybox=$(in_unpacked bin/busybox)
    cp "$(find "$work/unpacked/boot" -name 'vmlinuz-*' -print -quit)" "$out/vmlinuz"
    build_initramfs
    build_root
    build_disk
    chmod 0644 "$out"/*
    mv "$work/built-from" "$out/built-from"
    echo "guest image: $(cd "$out" && du -shc vmlinuz initramfs disk.qcow2 | tr '\t\n' '  ')"
}

# The files of the guest belong to its root, so the disk is made as root: the real one, or one of a user namespace.
if [ "$(id -u)" != 0 ]; then
    exec unshare --map-root-user "$0" "$@"
fi
main "$@"
