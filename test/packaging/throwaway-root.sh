#!/bin/sh
# throwaway-root.sh SCRATCH FOLDER -- COMMAND...: runs COMMAND as root on a copy of this computer that is thrown away:
# what it installs, changes and removes lies over the real files, in memory, and is gone with its last process. The real
# root, its users and its processes cannot be reached. Run as root inside `unshare --mount --pid --fork --kill-child`.
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

# Only the file system of / lies below; folders on other ones are brought along.
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
# Nothing that a dependency brings is started.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
# The way for the ordinary user who runs the checks to install and remove: setpriv as root.
install -m 4755 "$(command -v setpriv)" "$root/usr/local/sbin/as-root"

mkdir "$root/before"
cd "$root"
pivot_root . before
umount -l /before
rmdir /before
cd "$folder"
exec "$@"
