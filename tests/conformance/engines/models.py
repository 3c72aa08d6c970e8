"""dbt over DuckDB, for the tests; `scripts/engine models` starts it.

`load` makes the table that a model reads, `build` runs and tests every model of a project.
"""

import os
import subprocess
import sys

import dbt.version
import duckdb

import protocol


class Dbt:
    def about(self):
        return {"version": f"dbt {dbt.version.installed.to_version_string(skip_matcher=True)}"}

    def load(self, folder, columns, csv):
        self.path = os.path.join(folder, "shop.duckdb")
        types = ", ".join(f"'{name}': '{ty}'" for name, ty in columns)
        with duckdb.connect(self.path) as database:
            database.execute("create schema loaded")
            database.execute(
                f"create table loaded.orders as from read_csv('{csv}', header = false, auto_detect = false, "
                f"delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false, columns = {{{types}}})"
            )

    def build(self, folder, vars):
        # A process of its own: it keeps its connection.
        command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "build"]
        done = subprocess.run(
            [*command, "--vars", vars, "--profiles-dir", folder],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)

    def ask(self, sql):
        with duckdb.connect(self.path, read_only=True) as database:
            asked = database.execute(sql.strip().rstrip(";"))
            columns = [column[0] for column in asked.description]
            return {"columns": columns, "rows": [[protocol.shown(v) for v in row] for row in asked.fetchall()]}


if __name__ == "__main__":
    protocol.serve(Dbt())
