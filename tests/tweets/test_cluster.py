"""Workers of a Dask scheduler build the same bytes as one process does. The one test that may speak over loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import armed
import pytest

from timeline_app.base.problems import UserError
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.cluster import cluster
from tweets import stored
from tweets.readers.made import jsonl, tweet_id, v2

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = """
import sys
from pathlib import Path
from timeline_app import cli
from timeline_app.engine.tweets import collection, shard

collection.shards_of = lambda sources: shard.shards_of(sources, 40_000)
if __name__ == "__main__":
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as workers:
        sys.exit(cli.main(["import", *sys.argv[1:], "--scheduler", workers.scheduler_address]))
"""


def test_that_two_workers_of_a_cluster_build_the_same_bytes_as_one_process(tmp_path, monkeypatch):
    sources, script = tmp_path / "sources", tmp_path / "cluster.py"
    sources.mkdir()
    (sources / "a.txt").write_text("".join(f"{tweet_id(n)}\n" for n in range(9_000)) + "no id\n", encoding="utf-8")
    (sources / "b.jsonl").write_bytes(jsonl(*(v2(n, f"words {n}", "Tag", f"of{n % 9}") for n in range(500))))
    script.write_text(CLUSTER, encoding="utf-8")
    around = os.environ | {armed.LOOPBACK: "1", "DASK_LOGGING__DISTRIBUTED": "error",
                           "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])}
    done = subprocess.run([sys.executable, str(script), str(sources), "-o", str(tmp_path / "many")], cwd=tmp_path,
                          env=around, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    monkeypatch.setattr(sys, "argv", ["timeline-app"])
    collection.import_sources([sources], tmp_path / "one")
    collection.describe(tmp_path / "one")
    assert stored.content(tmp_path / "many") == stored.content(tmp_path / "one")


def test_that_an_address_that_is_none_is_said(monkeypatch):
    with pytest.raises(UserError, match="no_scheduler"), cluster("nowhere at all"):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match="no_cluster_extra"), cluster("tcp://127.0.0.1:1"):
        pass
