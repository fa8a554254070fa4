"""Runs Splink on the film task of shared/peers/splink and prints one line of JSON: CPU seconds of each step, pairs, scores.

    python run_splink.py std|hoist DATA OUT

DATA is the prefix of the catalogues that gen_movies.py wrote; OUT gets <variant>-model.json and <variant>-pairs.parquet.
`std` is Splink as its documentation writes the comparisons; `hoist` names each Jaro-Winkler similarity first, so that
DuckDB computes it once a pair. Both run on one thread.
"""

import json
import logging
import resource
import sys
import time

import duckdb
import pyarrow.parquet as pq
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)


def jaro_winkler(variant, column, thresholds):
    if variant == "std":
        return cl.JaroWinklerAtThresholds(column, thresholds)
    similarity = f"jaro_winkler_similarity({column}_l, {column}_r) = -100 OR {column}_l IS NULL OR {column}_r IS NULL"
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.CustomLevel(similarity, label_for_charts="null").configure(is_null_level=True),
            cll.ExactMatchLevel(column),
            *[cll.JaroWinklerLevel(column, threshold) for threshold in thresholds],
            cll.ElseLevel(),
        ],
    )


def settings_of(variant):
    year = [cll.NullLevel("year"), cll.ExactMatchLevel("year"), cll.AbsoluteDifferenceLevel("year", 1)]
    empty = "actors_l is null or actors_r is null or len(actors_l)=0 or len(actors_r)=0"
    actors = [cll.CustomLevel(empty).configure(is_null_level=True), cll.ArrayIntersectLevel("actors", 3)]
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            jaro_winkler(variant, "title", [0.95, 0.88, 0.8]),
            cl.CustomComparison(
                output_column_name="year",
                comparison_levels=[*year, cll.AbsoluteDifferenceLevel("year", 3), cll.ElseLevel()],
            ),
            jaro_winkler(variant, "director", [0.92, 0.8]),
            cl.CustomComparison(
                output_column_name="actors",
                comparison_levels=[*actors, cll.ArrayIntersectLevel("actors", 1), cll.ElseLevel()],
            ),
        ],
        blocking_rules_to_generate_predictions=[block_on("year", "t2"), block_on("director"), block_on("title")],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def main(variant, data, out):
    steps = {}

    def step(name, work):
        before = time.process_time()
        result = work()
        steps[name] = round(time.process_time() - before, 3)
        return result

    connection = duckdb.connect()
    connection.execute("set threads=1")

    def load():
        for side in "ab":
            connection.execute(
                f"create table src_{side} as select '{side.upper()}'||id as unique_id, lower(title) title, "
                f"year::int as year, lower(director) director, actors, substr(lower(title),1,2) t2 "
                f"from '{data}_{side}.parquet'"
            )

    step("load", load)
    api = DuckDBAPI(connection=connection)
    sources = [api.register(f"src_{side}", dataset_display_name=side) for side in "ab"]
    linker = Linker(sources, settings_of(variant))
    training = linker.training

    def train():
        training.estimate_probability_two_random_records_match(
            [block_on("title", "year"), block_on("title", "director")], recall=0.8
        )
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in [block_on("title"), block_on("director", "year")]:
            training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True
            )

    step("train", train)
    blocked = step("block", linker.inference.compute_blocked_pairs_for_predict)
    pairs = connection.execute(f"select count(*) from {blocked.physical_name}").fetchall()[0][0]
    predicted = step("score", lambda: linker.inference.predict(threshold_match_probability=0.5))
    columns = "unique_id_l, unique_id_r, match_weight, match_probability"
    connection.execute(
        f"copy (select {columns} from {predicted.physical_name}) to '{out}/{variant}-pairs.parquet' (format parquet)"
    )
    linker.misc.save_model_to_json(f"{out}/{variant}-model.json", overwrite=True)
    rows = connection.execute(f"select unique_id_l, unique_id_r from {predicted.physical_name}").fetchall()
    truth = set(zip(*[column.to_pylist() for column in pq.read_table(f"{data}_truth.parquet").columns]))
    found = {(int(l[1:]), int(r[1:])) if l[0] == "A" else (int(r[1:]), int(l[1:])) for l, r in rows}
    right = len(found & truth)
    report = {
        "variant": variant,
        "version": splink.__version__,
        "duckdb": duckdb.__version__,
        "pairs": pairs,
        "steps": steps,
        "precision": right / max(1, len(found)),
        "recall": right / len(truth),
        "f1": 2 * right / (len(found) + len(truth)),
        "maxRssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
