#!/bin/sh
# throwaway-root.sh SCRATCH FOLDER -- COMMAND...: runs COMMAND as root on a copy of this computer that is thrown away:
# what it installs, changes and removes goes to a layer in memory over the real files, which ends with its last process.
# COMMAND cannot reach the real root, its users and its processes. Run as root inside
# `unshare --mount --pid --fork --kill-child`.
# SCRATCH and FOLDER (the checkout) keep their places; what is written to SCRATCH stays.
set -eu

scratch=$1
folder=$2
shift 3

layers=$scratch/layers
mkdir -p "$layers"
mount -t tmpfs tmpfs "$layers"
root=$layers/root
mkdir "$layers/upper" "$layers/work" "$root"
mount -t overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" overlay "$root"

# The layer is over the file system of / only; folders on other file systems are mounted into it.
for place in "$scratch" "$folder"; do
  if [ "$place" = "$scratch" ] || [ "$(stat -c %d "$place")" != "$(stat -c %d /)" ]; then
    mkdir -p "$root$place"
    mount --rbind "$place" "$root$place"
  fi
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t tmpfs tmpfs "$root/run"
chmod 1777 "$root/tmp"
# Often a link into /run, which is empty here.
[ ! -e /etc/resolv.conf ] || cp --remove-destination "$(readlink -f /etc/resolv.conf)" "$root/etc/resolv.conf"
# Services of the dependencies are not started.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
# With this setuid copy of setpriv the ordinary user who runs the checks can install and remove as root.
install -m 4755 "$(command -v setpriv)" "$root/usr/local/sbin/as-root"

mkdir "$root/before"
cd "$root"
pivot_root . before
umount -l /before
rmdir /before
cd "$folder"
exec "$@"
