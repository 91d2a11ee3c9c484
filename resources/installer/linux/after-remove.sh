#!/bin/sh
# After the package's files are gone (Debian: postrm, rpm: postun): takes back what electron-builder's after-install
# script made. Its own after-remove script does so in every case; rpm runs the one of the old version after the new
# version was installed, so an update would lose the command `traydial` and the AppArmor profile.
set -e

# Debian says "remove" or "purge", rpm the number of versions that stay.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

if command -v update-alternatives >/dev/null 2>&1; then
  update-alternatives --remove traydial /opt/Traydial/traydial || true
fi
# Where there were no alternatives, it was a plain link.
if [ "$(readlink /usr/bin/traydial)" = /opt/Traydial/traydial ]; then rm -f /usr/bin/traydial; fi

profile=/etc/apparmor.d/traydial
if [ -f "$profile" ]; then
  if apparmor_status --enabled >/dev/null 2>&1 && ! { command -v ischroot >/dev/null && ischroot; }; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi
