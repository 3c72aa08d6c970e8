"""A throw-away MariaDB server, for the tests; `scripts/engine mariadb` starts it.

It listens on a socket in a folder of its own, which nobody else can enter. A schema is a
database. Instants are the UTC times of DATETIME columns.
"""

import ctypes
import datetime
import getpass
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import pymysql

import protocol

# What comes with the server.
SYSTEM = {"information_schema", "performance_schema", "mysql", "sys"}


class MariaDb:
    def __init__(self, work):
        self.work = work
        data, socket, temporary = (os.path.join(work, name) for name in ("data", "s", "tmp"))
        os.mkdir(temporary)
        user = getpass.getuser()
        common = [f"--datadir={data}", f"--user={user}"]
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", *common, "--skip-test-db", "--auth-root-authentication-method=normal"],
            check=True,
            stdout=sys.stderr,
        )
        server = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
        self.log = open(os.path.join(work, "log"), "wb")
        self.server = subprocess.Popen(
            [
                server,
                "--no-defaults",
                *common,
                f"--socket={socket}",
                f"--pid-file={work}/pid",
                # A server that starts removes what it finds there of another one.
                f"--tmpdir={temporary}",
                "--skip-networking",
                # Texts are compared character by character, blanks at the end included.
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_nopad_bin",
                # No clock of this server is UTC's: no number may depend on it.
                "--default-time-zone=-03:30",
                # What MySQL 8 has by default, and MariaDB has not.
                "--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
                # Joins without an index are hashed, as MySQL 8 does.
                "--join-cache-level=8",
                "--optimizer-switch=join_cache_hashed=on",
                "--join-buffer-size=16M",
                "--join-buffer-space-limit=512M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync",
                "--innodb-buffer-pool-size=128M",
                "--local-infile=1",
            ],
            stdout=self.log,
            stderr=self.log,
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent,
        )
        self.client = self.connect(socket)

    def connect(self, socket):
        for _ in range(300):
            if self.server.poll() is not None:
                break
            try:
                return pymysql.connect(
                    unix_socket=socket,
                    user="root",
                    charset="utf8mb4",
                    collation="utf8mb4_nopad_bin",
                    autocommit=True,
                    local_infile=True,
                )
            except pymysql.err.OperationalError:
                time.sleep(0.1)
        with open(os.path.join(self.work, "log"), encoding="utf-8", errors="replace") as log:
            raise RuntimeError(f"the server did not start:\n{log.read()[-4000:]}")

    def stop(self):
        self.server.terminate()
        self.server.wait(30)

    def about(self):
        numbers = self.run("select version()")[1][0][0].split(".")
        return {"version": f"MariaDB {numbers[0]}.{numbers[1]}"}

    def new(self):
        for (name,) in self.run("show databases")[1]:
            if name not in SYSTEM:
                self.run(f"drop database {quoted(name)}")
        self.run("create database kpic")
        self.client.select_db("kpic")

    def load(self, table, columns, csv):
        if len(table) == 2:
            self.run(f"create database if not exists {quoted(table[0])}")
        name = ".".join(quoted(part) for part in table)
        readers = [reader(ty) for _, ty in columns]
        rows = [[None if v is None else read(v) for read, v in zip(readers, row)] for row in protocol.read_csv(csv)]
        described = ", ".join(
            f"{quoted(column)} {declared(ty, [row[n] for row in rows])}" for n, (column, ty) in enumerate(columns)
        )
        self.run(f"create table {name} ({described})")
        places = ", ".join("%s" for _ in columns)
        into = name.replace("%", "%%")
        with self.client.cursor() as cursor:
            cursor.execute("begin")
            for at in range(0, len(rows), 1000):
                cursor.executemany(f"insert into {into} values ({places})", rows[at : at + 1000])
            cursor.execute("commit")
        self.run(f"analyze table {name}")

    def ask(self, sql):
        columns, rows = self.run(sql)
        return {"columns": columns, "rows": [[shown(value) for value in row] for row in rows]}

    def keywords(self):
        _, rows = self.run("select word from information_schema.keywords")
        return {"words": sorted({word.lower() for (word,) in rows if word.isidentifier()})}

    def run(self, sql):
        with self.client.cursor() as cursor:
            cursor.execute(sql)
            described = cursor.description or []
            return [column[0] for column in described], list(cursor.fetchall())


def remove_left_behind():
    """Folders of servers that are gone, whose workers were ended at once."""
    for folder in glob.glob("/tmp/kpic-maria.*"):
        if not is_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def is_in_use(folder):
    try:
        with open(os.path.join(folder, "owner"), encoding="ascii") as owner:
            os.kill(int(owner.read()), 0)
    except (OSError, ValueError) as error:
        # Of somebody else, or just made.
        return isinstance(error, PermissionError) or time.time() - os.path.getmtime(folder) < 60
    return True


def end_with_parent():
    """Whatever becomes of the worker, its server ends."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def declared(ty, values):
    if ty.startswith("DECIMAL"):
        return ty
    if ty == "VARCHAR":
        # Keys of joins and groups are as long as the longest text may be.
        return f"VARCHAR({max([16, *(len(text) for text in values if text is not None)])})"
    return {
        "BOOLEAN": "BOOLEAN",
        "UTINYINT": "SMALLINT",
        "USMALLINT": "INTEGER",
        "UINTEGER": "BIGINT",
        "UBIGINT": "DECIMAL(20)",
        "HUGEINT": "DECIMAL(39)",
        "TIME": "TIME(6)",
        "TIMESTAMP": "DATETIME(6)",
        "TIMESTAMP_S": "DATETIME(6)",
        "TIMESTAMP_MS": "DATETIME(6)",
        "TIMESTAMP WITH TIME ZONE": "DATETIME(6)",
    }.get(ty, ty)


def reader(ty):
    if ty in ("FLOAT", "DOUBLE"):
        return float
    if ty == "BOOLEAN":
        return lambda text: int(text == "true")
    if ty == "TIMESTAMP WITH TIME ZONE":
        return without_offset
    return str


def without_offset(text):
    """An instant is its UTC time."""
    if not text.endswith("+00"):
        raise ValueError(f"{text} is not in UTC")
    return text[: -len("+00")]


def shown(value):
    if isinstance(value, datetime.timedelta):
        value = str((datetime.datetime.min + value).time())
    return protocol.shown(value)


if __name__ == "__main__":
    remove_left_behind()
    # Short: a socket's path has at most 107 bytes.
    work = tempfile.mkdtemp(prefix="kpic-maria.", dir="/tmp")
    with open(os.path.join(work, "owner"), "w", encoding="ascii") as owner:
        owner.write(str(os.getpid()))
    engine = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        engine = MariaDb(work)
        engine.new()
        protocol.serve(engine)
    finally:
        if engine is not None:
            engine.stop()
        shutil.rmtree(work, ignore_errors=True)
