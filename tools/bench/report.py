# SPDX-License-Identifier: Apache-2.0
"""Figures as a table. A budget that is missed is said to be missed; nothing is left out."""
from operations import OPERATIONS


def verdict(met):
    return "kept" if met else "**missed**"


def row_of(operation, engine, figures):
    if "error" in figures:
        return f"| {operation.title} | {engine} | not measured: {figures['error']} | | | | |"
    one, many = figures[1], figures[32]
    cells = [f"{f['p50']:.2f} / {f['p95']:.2f} / {f['p99']:.2f}" for f in (one, many)]
    floor = f"{figures['floor']['p50']:.3f}" if "floor" in figures else ""
    budgets, met = [], []
    if operation.limit:
        budgets.append(f"≤ {operation.limit} × floor")
        met.append(figures["ratio"] <= operation.limit)
    if operation.p95:
        budgets.append(f"p95 ≤ {operation.p95} ms")
        met.append(many["p95"] <= operation.p95)
    ratio = f"{figures['ratio']:.1f} ×" if "ratio" in figures else ""
    words = ", ".join(f"{budget}: {verdict(ok)}" for budget, ok in zip(budgets, met))
    if failed := one["failed"] + many["failed"]:
        words += f"; {failed} calls failed"
    rate = many["calls"] / figures["seconds"]
    return (f"| {operation.title} | {engine} | {cells[0]} | {floor} | {ratio} | {cells[1]} | "
            f"{rate:,.0f} | {words} |")


def calls_table(results):
    lines = ["| What | Engine | 1 client: p50 / p95 / p99 ms | floor ms | × floor | "
             "32 clients: p50 / p95 / p99 ms | calls/s | Budget |",
             "|---|---|---|---|---|---|---|---|"]
    for operation in OPERATIONS:
        for engine, figures in results.items():
            one = figures.get(operation.name)
            if one is None:  # left out by --only
                continue
            lines.append(row_of(operation, engine, one | {"seconds": figures["seconds"]}))
    return lines


def limit_row(title, engine, value, unit, budget, at_most=True):
    if isinstance(value, dict):
        return f"| {title} | {engine} | not measured: {value['error']} | {budget or ''} |"
    if budget is None:
        return f"| {title} | {engine} | {value:,.0f} {unit} | |"
    met = value <= budget if at_most else value >= budget
    sign = "≤" if at_most else "≥"
    return (f"| {title} | {engine} | {value:,.0f} {unit} | {sign} {budget:,} {unit}: "
            f"{verdict(met)} |")


def memory_rows(title, engine, memory, budget):
    if "error" in memory:
        return [limit_row(title, engine, memory, "MiB", budget)]
    return [limit_row(title, engine, memory["all"], "MiB", budget),
            limit_row(f"{title}, without mapped file pages", engine, memory["own"], "MiB", None)]


def limits_table(results):
    lines = ["| What | Engine | Measured | Budget |", "|---|---|---|---|"]
    for engine, f in results.items():
        lines += [
            limit_row("Start to first answer", engine, f["start_ms"], "ms", 300),
            *memory_rows("Memory, idle", engine, f["idle"], 60),
            *memory_rows("Memory, after the load of 32 clients", engine, f["loaded"], 200)]
        if "sockets" not in f:
            continue
        sockets = f["sockets"]
        lines += [
            *memory_rows(f"Memory, {sockets.get('open', 0):,} idle sockets", engine,
                         sockets.get("memory", sockets), 250),
            limit_row("CSV import of new persons", engine, f["import_rows_s"], "rows/s",
                      20_000 if engine == "sqlite" else None, at_most=False),
            limit_row("The same rows by hand, nothing else", engine, f["import_floor_rows_s"],
                      "rows/s", None)]
        lines += [
            limit_row("Scan of all persons for duplicates", engine, f["scan_s"], "s", 600),
            limit_row("Blocking keys of the whole world, once", engine, f["keys_s"], "s", None),
            limit_row("Loading the world", engine, f["seed_s"], "s", None)]
    return lines


def render(results):
    sizes = [f"{engine}: {f['companies']:,} companies, {f['persons']:,} persons"
             for engine, f in results.items()]
    return "\n".join([*calls_table(results), "", *limits_table(results), "", "; ".join(sizes)])
