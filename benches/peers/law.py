"""Six individual standards over the same made people, by OpenFisca-Core and by DuckDB.

Run by the workload `law`: python law.py FOLDER PEOPLE. The folder holds one column a file, one byte a person:
rating_2016 … rating_2025 (0 unrated, 1 not done, 2 done, 3 good, 4 excellent), cstdcs_2016 … cstdcs_2025,
bk_tinh, good, spirit, works, selected, launcher, impact. Each peer writes one byte a person: a bit a standard.
Everybody is judged five times by each, and the best time counts, as for the product.
"""
import sys
import time
from pathlib import Path

import numpy

FOLDER, PEOPLE = Path(sys.argv[1]), int(sys.argv[2])
YEARS = range(2016, 2026)
NAMES = [f"rating_{year}" for year in YEARS] + [f"cstdcs_{year}" for year in YEARS]
NAMES += ["bk_tinh", "good", "spirit", "works", "selected", "launcher", "impact"]
COLUMNS = {name: numpy.fromfile(FOLDER / f"{name}.u8", dtype=numpy.uint8) for name in NAMES}
ROUNDS = 5
RULES = ["ldtt", "cstdcs", "bk_tinh_a", "bk_tinh_b", "bk_tinh_d1", "bk_ttg_b"]


def clock():
    return time.perf_counter(), time.process_time()


def tell(peer, took, verdicts):
    bits = numpy.zeros(PEOPLE, dtype=numpy.uint8)
    for at, verdict in enumerate(verdicts):
        bits |= numpy.asarray(verdict).astype(numpy.uint8) << at
    bits.tofile(FOLDER / f"{peer}.out")
    wall, cpu = (min(times) for times in zip(*took))
    print(f"{peer} {wall:.4f} {cpu:.4f}", flush=True)


def timed(work):
    began = clock()
    made = work()
    ended = clock()
    return (ended[0] - began[0], ended[1] - began[1]), made


def openfisca():
    from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

    person = entities.Entity("person", "persons", "", "")
    system = taxbenefitsystems.TaxBenefitSystem([person])

    def fact(named, kind):
        body = {"value_type": kind, "entity": person, "definition_period": periods.DateUnit.YEAR, "label": named}
        system.add_variable(type(named, (variables.Variable,), body))

    for name, kind in [("rating", int), ("held_cstdcs", bool), ("bk_tinh", bool), ("good", bool), ("spirit", bool),
                       ("works", int), ("selected", int), ("launcher", int), ("impact", int)]:
        fact(name, kind)

    def rule(formula):
        body = {"value_type": bool, "entity": person, "definition_period": periods.DateUnit.YEAR, "formula": formula}
        system.add_variable(type(formula.__name__, (variables.Variable,), body))

    def ldtt(people, period):
        return (people("rating", period.offset(-1)) >= 3) * people("spirit", period)

    def cstdcs(people, period):
        return people("ldtt", period) * (
            (people("rating", period.offset(-1)) >= 4) + (people("works", period) >= 1)
        )

    def bk_tinh_a(people, period):
        launcher = people("launcher", period)
        return people("good", period) * (people("selected", period) >= 2) * ((launcher == 1) + (launcher == 2))

    def bk_tinh_b(people, period):
        return people("good", period) * (people("impact", period) >= 2)

    def bk_tinh_d1(people, period):
        held = [people("held_cstdcs", period.offset(back)) for back in range(-10, 0)]
        both = numpy.zeros(people.count, dtype=bool)
        for one, other in zip(held, held[1:]):
            both |= one & other
        return people("good", period) * both

    def bk_ttg_b(people, period):
        run = numpy.zeros(people.count, dtype=numpy.int8)
        won = numpy.zeros(people.count, dtype=numpy.int8)
        met = numpy.zeros(people.count, dtype=bool)
        for back in range(-10, 0):
            good = people("rating", period.offset(back)) >= 3
            run = numpy.where(good, run + 1, 0)
            won = numpy.where(good, won + people("held_cstdcs", period.offset(back)), 0)
            met |= (run >= 5) & (won >= 3)
        return people("good", period) * people("bk_tinh", period) * met

    for formula in [ldtt, cstdcs, bk_tinh_a, bk_tinh_b, bk_tinh_d1, bk_ttg_b]:
        rule(formula)
    took = []
    for _ in range(ROUNDS):
        # What a simulation has worked out it remembers: each round has a new one.
        simulation = simulations.SimulationBuilder().build_default_simulation(system, PEOPLE)
        for year in YEARS:
            simulation.set_input("rating", str(year), COLUMNS[f"rating_{year}"].astype(numpy.int32))
            simulation.set_input("held_cstdcs", str(year), COLUMNS[f"cstdcs_{year}"].astype(bool))
        for name in ["bk_tinh", "good", "spirit"]:
            simulation.set_input(name, "2026", COLUMNS[name].astype(bool))
        for name in ["works", "selected", "launcher", "impact"]:
            simulation.set_input(name, "2026", COLUMNS[name].astype(numpy.int32))
        seconds, verdicts = timed(lambda: [simulation.calculate(name, "2026") for name in RULES])
        took.append(seconds)
    tell("openfisca", took, verdicts)


def duckdb(threads):
    import duckdb as duck

    house = duck.connect(config={"threads": threads})
    frame = dict(COLUMNS)  # replacement scan over numpy arrays
    house.execute(f"create table people as select {', '.join(NAMES)} from frame")
    run, won, met = "0", "0", "false"
    steps = ["select *, 0 as run_0, 0 as won_0, false as met_0 from people"]
    for at, year in enumerate(YEARS):
        good = f"rating_{year} >= 3"
        steps.append(
            f"select *, case when {good} then run_{at} + 1 else 0 end as run_{at + 1},"
            f" case when {good} then won_{at} + cstdcs_{year} else 0 end as won_{at + 1},"
            f" met_{at} or (run_{at + 1} >= 5 and won_{at + 1} >= 3) as met_{at + 1} from step_{at}"
        )
    ctes = ", ".join(f"step_{at} as ({text})" for at, text in enumerate(steps))
    pairs = " or ".join(f"(cstdcs_{year} = 1 and cstdcs_{year + 1} = 1)" for year in list(YEARS)[:-1])
    verdicts = f"""
        with {ctes}
        select rating_2025 >= 3 and spirit = 1 as ldtt,
          rating_2025 >= 3 and spirit = 1 and (rating_2025 >= 4 or works >= 1) as cstdcs,
          good = 1 and selected >= 2 and launcher in (1, 2) as bk_tinh_a,
          good = 1 and impact >= 2 as bk_tinh_b,
          good = 1 and ({pairs}) as bk_tinh_d1,
          good = 1 and bk_tinh = 1 and met_10 as bk_ttg_b
        from step_10"""
    took = []
    for _ in range(ROUNDS):
        house.execute("drop table if exists verdicts")
        took.append(timed(lambda: house.execute(f"create table verdicts as {verdicts}"))[0])
    found = house.execute("select * from verdicts").fetchnumpy()
    tell(f"duckdb{threads}", took, [found[name] for name in RULES])


for run in [openfisca, lambda: duckdb(1), lambda: duckdb(2)]:
    try:
        run()
    except ImportError as missing:
        print(f"# {missing.name} is not installed", flush=True)
