"""Maps documents over a Spark cluster: each task hands its lines to `relata extract --lines` and keeps what that prints.

python extract_on_spark.py RELATA DOCUMENTS PARTS [--master URL] [--tasks N] [--break-one]

RELATA is the program, DOCUMENTS a file or folder of JSON lines that every worker can read, PARTS a folder that must not be
there. Options of `relata extract` can be added to COMMAND; give the same ones to `relata build --from PARTS` afterwards.
"""

import argparse
import os
import signal
import subprocess
import sys

import pyspark
from pyspark.sql import SparkSession
from pyspark.taskcontext import TaskContext

# Scripts that start workers look for a distribution of Spark: the package from PyPI is one.
os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

parser = argparse.ArgumentParser()
parser.add_argument("relata")
parser.add_argument("documents")
parser.add_argument("parts")
parser.add_argument("--master", default="local-cluster[2,1,1024]", help="two workers of one core and 1,024 MB each")
parser.add_argument("--tasks", type=int, default=6)
parser.add_argument("--break-one", action="store_true", help="kill the program once in one task, to see Spark try again")
args = parser.parse_args()
COMMAND = [os.path.abspath(args.relata), "extract", "--lines", "--quiet", "--jobs", "1"]
BREAK_ONE = args.break_one


def extract(lines):
    """The records of a task's documents; whatever ends the program early fails the task, which Spark runs again."""
    task = TaskContext.get()
    program = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if BREAK_ONE and task.partitionId() == 1 and task.attemptNumber() == 0:
        program.send_signal(signal.SIGKILL)
    try:
        records, _ = program.communicate("\n".join(lines).encode())
    except BrokenPipeError:
        records = b""
    # 1 says that some documents were left out; they are named in the log of the worker.
    if program.wait() not in (0, 1):
        raise RuntimeError(f"relata ended with {program.returncode}")
    # Not splitlines: a record may hold characters that Python takes for line ends.
    return records.decode().split("\n")[:-1]


spark = (
    SparkSession.builder.master(args.master)
    .appName("relata extract")
    .config("spark.ui.enabled", "false")
    .config("spark.log.level", "ERROR")
    .getOrCreate()
)
documents = spark.sparkContext.textFile(args.documents, args.tasks)
documents.mapPartitions(extract).saveAsTextFile(args.parts)
spark.stop()
