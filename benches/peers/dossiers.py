"""Figures of dossiers by unit and month, straight from the CSV, as polars, DuckDB and pandas do it.

Run by the workload `dossiers`: python dossiers.py polars|duckdb|pandas FILE CALENDAR TODAY. Each answers one line
a group: unit, month, accepted, before, on time, overdue, open, open and late, waiting, median, p90, online. The
working days are counted ahead once, as in the product; every engine gets them as a table from day to number.
"""
import csv
import datetime as dt
import sys

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2030, 12, 31)


def working_days(path):
    """How many working days lie up to and with each day."""
    kinds = {row["date"]: row["kind"] for row in csv.DictReader(open(path, encoding="utf-8"))}
    off = {"statutory", "statutory_announced", "compensatory", "swap_off", "projected", "projected_compensatory"}
    so_far, day, upto = 0, FIRST, []
    while day <= LAST:
        kind = kinds.get(day.isoformat(), "")
        works = kind == "swap_work" or (day.weekday() < 5 and kind not in off)
        so_far += works
        upto.append(so_far)
        day += dt.timedelta(days=1)
    return upto


def by_polars(path, upto, today):
    import polars as pl

    counted = pl.Series(upto, dtype=pl.Int32)
    first_of = [FIRST.toordinal() - dt.date(1970, 1, 1).toordinal()] * (upto[-1] + 1)
    for place in range(len(upto) - 1, -1, -1):
        first_of[upto[place]] = place + FIRST.toordinal() - dt.date(1970, 1, 1).toordinal()
    first = pl.Series(first_of, dtype=pl.Int32)
    start = FIRST.toordinal() - dt.date(1970, 1, 1).toordinal()

    def day(name):
        return pl.col(name).str.to_date("%d/%m/%Y", strict=False)

    def number(expression):
        return (expression.cast(pl.Int32) - start).map_batches(lambda days: counted.gather(days), return_dtype=pl.Int32)

    def ahead(expression):
        return expression.map_batches(lambda places: first.gather(places), return_dtype=pl.Int32)

    frame = pl.scan_csv(path, infer_schema_length=0).select(
        pl.col("Đơn vị xử lý").alias("unit"),
        pl.col("Trạng thái").alias("status"),
        (pl.col("Kênh thực hiện") == "2").alias("online"),
        day("Ngày tiếp nhận").alias("received"),
        day("Ngày hẹn trả").alias("due"),
        day("Ngày kết thúc").alias("finished"),
        day("Ngày yêu cầu bổ sung").alias("asked"),
        day("Ngày tiếp nhận bổ sung").alias("supplied"),
    )
    frame = frame.with_columns(
        waited=(number(pl.col("supplied")) - number(pl.col("asked"))).fill_null(0),
        month=pl.col("received").dt.strftime("%Y-%m"),
    )
    frame = frame.with_columns(
        held=pl.when(pl.col("waited") > 0)
        .then(ahead(number(pl.col("due")) + pl.col("waited")))
        .otherwise(pl.col("due").cast(pl.Int32)),
        done=pl.col("finished").cast(pl.Int32),
        days=number(pl.col("finished")) - number(pl.col("received")) - pl.col("waited"),
    )
    now = today.toordinal() - dt.date(1970, 1, 1).toordinal()
    ended = pl.col("done").is_not_null()
    working = pl.col("status") == "Đang xử lý"
    in_time = ended & (pl.col("done") <= pl.col("held"))
    gap = number(pl.col("held").cast(pl.Date)) - number(pl.col("finished"))
    told = frame.with_columns(gap=gap).group_by("unit", "month").agg(
        pl.len(),
        (in_time & (pl.col("gap") > 0)).sum().alias("before"),
        (in_time & (pl.col("gap") == 0)).sum().alias("on_time"),
        (ended & (pl.col("done") > pl.col("held"))).sum().alias("overdue"),
        (working & (pl.col("held") >= now)).sum().alias("open"),
        (working & (pl.col("held") < now)).sum().alias("open_late"),
        (pl.col("status") == "Yêu cầu bổ sung giấy tờ").sum().alias("waiting"),
        pl.col("days").median().alias("median"),
        pl.col("days").quantile(0.9, "higher").alias("p90"),
        pl.col("online").sum(),
    ).sort("unit", "month").collect(engine="streaming")
    return told.rows()


def by_duckdb(path, upto, today):
    import duckdb

    link = duckdb.connect()
    days = [FIRST + dt.timedelta(days=place) for place in range(len(upto))]
    link.execute("create table days as select unnest(?::date[]) as day, unnest(?::integer[]) as upto", [days, upto])
    link.execute("create table first_of as select upto, min(day) as day from days group by upto")
    return link.execute(
        f"""
        with read as (
            select "Đơn vị xử lý" as unit, "Trạng thái" as status, "Kênh thực hiện" = '2' as online,
                strptime("Ngày tiếp nhận", '%d/%m/%Y')::date as received, strptime("Ngày hẹn trả", '%d/%m/%Y')::date as due,
                try_strptime("Ngày kết thúc", '%d/%m/%Y')::date as finished,
                try_strptime("Ngày yêu cầu bổ sung", '%d/%m/%Y')::date as asked,
                try_strptime("Ngày tiếp nhận bổ sung", '%d/%m/%Y')::date as supplied
            from read_csv('{path}', all_varchar = true, header = true)),
        counted as (
            select read.*, r.upto as received_upto, d.upto as due_upto, f.upto as finished_upto,
                coalesce(s.upto - a.upto, 0) as waited
            from read join days r on r.day = received join days d on d.day = due
            left join days f on f.day = finished left join days a on a.day = asked left join days s on s.day = supplied),
        held as (
            select counted.*, case when waited > 0 then o.day else due end as held, due_upto + waited as held_upto
            from counted left join first_of o on o.upto = due_upto + waited)
        select unit, strftime(received, '%Y-%m') as month, count(*),
            count(*) filter (finished <= held and held_upto > finished_upto),
            count(*) filter (finished <= held and held_upto = finished_upto),
            count(*) filter (finished > held),
            count(*) filter (status = 'Đang xử lý' and held >= date '{today}'),
            count(*) filter (status = 'Đang xử lý' and held < date '{today}'),
            count(*) filter (status = 'Yêu cầu bổ sung giấy tờ'),
            median(finished_upto - received_upto - waited),
            quantile_disc(finished_upto - received_upto - waited, 0.9),
            count(*) filter (online)
        from held group by 1, 2 order by 1, 2
        """
    ).fetchall()


def by_pandas(path, upto, today):
    import numpy as np
    import pandas as pd

    names = {
        "Đơn vị xử lý": "unit", "Trạng thái": "status", "Kênh thực hiện": "channel", "Ngày tiếp nhận": "received",
        "Ngày hẹn trả": "due", "Ngày kết thúc": "finished", "Ngày yêu cầu bổ sung": "asked",
        "Ngày tiếp nhận bổ sung": "supplied",
    }
    frame = pd.read_csv(path, usecols=list(names), dtype=str, engine="pyarrow").rename(columns=names)
    counted = np.array(upto)
    start = np.datetime64(FIRST)
    first_of = np.searchsorted(counted, np.arange(upto[-1] + 1))
    at = {}
    for name in ["received", "due", "finished", "asked", "supplied"]:
        parsed = pd.to_datetime(frame[name], format="%d/%m/%Y").values.astype("datetime64[D]")
        known = ~np.isnat(parsed)
        at[name] = (np.where(known, (parsed - start).astype("int64"), -1), known)
    count = {name: counted[np.maximum(places, 0)] for name, (places, known) in at.items()}
    waited = np.where(at["supplied"][1], count["supplied"] - count["asked"], 0)
    held = np.where(waited > 0, first_of[count["due"] + waited], at["due"][0])
    held_count = counted[held]
    done, ended = at["finished"]
    now = int((np.datetime64(today) - start).astype(int))
    working = (frame["status"] == "Đang xử lý").values
    in_time = ended & (done <= held)
    table = pd.DataFrame({
        "unit": frame["unit"], "month": pd.to_datetime(frame["received"], format="%d/%m/%Y").dt.strftime("%Y-%m"),
        "before": in_time & (held_count > count["finished"]), "on_time": in_time & (held_count == count["finished"]),
        "overdue": ended & (done > held), "open": working & (held >= now), "open_late": working & (held < now),
        "waiting": (frame["status"] == "Yêu cầu bổ sung giấy tờ").values, "online": (frame["channel"] == "2").values,
        "days": np.where(ended, count["finished"] - count["received"] - waited, np.nan),
    })
    groups = table.groupby(["unit", "month"], sort=True)
    sums = groups[["before", "on_time", "overdue", "open", "open_late", "waiting", "online"]].sum()
    days = groups["days"]
    told = pd.DataFrame({"many": groups.size(), **sums, "median": days.median(), "p90": days.quantile(0.9, interpolation="higher")})
    order = ["many", "before", "on_time", "overdue", "open", "open_late", "waiting", "median", "p90", "online"]
    return [(*names, *row) for names, row in zip(told.index, told[order].itertuples(index=False))]


if __name__ == "__main__":
    engine, path, calendar, today = sys.argv[1:5]
    rows = {"polars": by_polars, "duckdb": by_duckdb, "pandas": by_pandas}[engine](
        path, working_days(calendar), dt.date.fromisoformat(today)
    )
    for row in sorted(rows):
        print("\t".join(f"{float(cell):g}" if not isinstance(cell, str) else cell for cell in row))
