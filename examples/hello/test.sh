#!/bin/sh
# Tests the program. Jobs share nothing, so it is built again first.
set -e
./build.sh > /dev/null
said=$(./hello "$1")
echo "it says: $said"
test "$said" = "$1, world"
