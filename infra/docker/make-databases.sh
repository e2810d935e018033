#!/bin/sh
# Run once by the postgres image on an empty data volume: a database and a role per service.
set -eu
for service in gateway booking events engagement; do
    psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
        -v name="$service" -v password="$(cat "/run/secrets/${service}_password")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
