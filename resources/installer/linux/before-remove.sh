#!/bin/sh
# Before the package's files go (Debian: prerm, rpm: preun): ends the program where it runs, as its own "Quit" does.
# It would go on without its files otherwise, and its socket would stay behind. An update leaves it alone: the running
# program keeps the files that it has open, and the new one starts at the next start.
set -e

# Debian says "remove", rpm the number of versions that stay.
case "$1" in
  remove | 0) ;;
  *) exit 0 ;;
esac

program=/opt/Traydial/traydial

# The processes of all users that run this very file.
running() {
  for exe in /proc/[0-9]*/exe; do
    case "$(readlink "$exe" 2>/dev/null)" in
      "$program" | "$program (deleted)") pid=${exe%/exe}; echo "${pid#/proc/}" ;;
    esac
  done
}

# Chromium's child processes have "--type=" in their command line; they end with the first one.
for pid in $(running); do
  grep -q -a -e '--type=' "/proc/$pid/cmdline" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
done

# It takes well under a second; after five seconds this script goes on.
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -n "$(running)" ] || exit 0
  sleep 0.5
done
for pid in $(running); do kill -KILL "$pid" 2>/dev/null || true; done
