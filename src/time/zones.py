#!/usr/bin/env python3
"""Writes zones.tsv from CLDR: `npm install cldr-core cldr-dates-full cldr-bcp47 && python3 zones.py node_modules`."""
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

# Where CLDR's own choice of a region would surprise a reader of a live page.
REGION = {"GMT": "Europe/London", "Europe_Western": "Europe/Lisbon", "Alaska": "America/Anchorage"}
# The best known of the other regions, where the same name stands all year.
ALL_YEAR = {
    "America_Eastern": "America/Jamaica", "America_Central": "America/Mexico_City",
    "America_Mountain": "America/Phoenix", "Atlantic": "America/Puerto_Rico",
    "Australia_Eastern": "Australia/Brisbane", "Australia_Central": "Australia/Darwin",
    "Europe_Central": "Africa/Algiers", "Europe_Eastern": "Africa/Tripoli",
}
THIS_YEAR = 2025

modules = Path(sys.argv[1])


def read(path):
    return json.loads((modules / path).read_text())


names = read("cldr-dates-full/main/en/timeZoneNames.json")["main"]["en"]["dates"]["timeZoneNames"]
metazones = read("cldr-core/supplemental/metaZones.json")["supplemental"]["metaZones"]["metazones"]
regions = {m["mapZone"]["_other"]: m["mapZone"]["_type"] for m in metazones if m["mapZone"]["_territory"] == "001"}
bcp47 = [tz for tz in read("cldr-bcp47/bcp47/timezone.json")["keyword"]["u"]["tz"].values() if isinstance(tz, dict)]
iana = {old: tz["_iana"] for tz in bcp47 if "_iana" in tz for old in tz["_alias"].split()}


def offsets(region, year):
    zone = ZoneInfo(region)
    days = [datetime(year, month, 15, tzinfo=timezone.utc).astimezone(zone) for month in range(1, 13)]
    return {day.utcoffset() for day in days}, {day.utcoffset() for day in days if day.dst()}


def offset(region, kind):
    """The standard offset, or that of the last year with a summer time; a generic name has none of its own."""
    if kind == "generic":
        return "-"
    seen = offsets(region, THIS_YEAR)[0]
    if kind == "daylight" and len(seen) == 1:
        summers = [offsets(region, year)[1] for year in range(THIS_YEAR, 1969, -1)]
        seen = next((summer for summer in summers if summer), {max(seen) + timedelta(hours=1)})
    minutes = int((max if kind == "daylight" else min)(seen).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


rows = {}


def add(name, kind, *at):
    # A metazone's only name follows its region's calendar, unless it says that it is the standard time:
    # Venezuela Time was -04:30 and is -04:00.
    kind = "generic" if kind == "only" and not name.endswith(("Standard Time", "Mean Time", "Universal Time")) else kind
    rows.setdefault((name, offset(at[0], kind)), []).extend(at)


for key, metazone in names["metazone"].items():
    long = metazone["long"]
    region = REGION.get(key) or iana.get(regions[key], regions[key])
    for kind, name in long.items():
        also = [ALL_YEAR[key]] if key in ALL_YEAR and kind == "standard" else []
        add(name, "only" if len(long) == 1 else kind, region, *also)
add(names["zone"]["Etc"]["UTC"]["long"]["standard"], "only", "UTC")
for key in ("London", "Dublin"):
    add(names["zone"]["Europe"][key]["long"]["daylight"], "daylight", f"Europe/{key}")

version = read("cldr-core/package.json")["version"]
print(f"""# The English names of time zones, from Unicode CLDR {version}, written by zones.py.
# CLDR is Copyright © 2004-2026 Unicode, Inc., under the Unicode License v3 (LICENSE-UNICODE).
# - names: the long generic, standard and daylight names of all metazones in cldr-dates-full/main/en/timeZoneNames.json,
#   and those of single zones there (Coordinated Universal Time, British Summer Time, Irish Standard Time);
# - regions: the zone of the world (territory 001) in cldr-core/supplemental/metaZones.json under its IANA name, else
#   the exceptions that zones.py lists, and behind it a region that keeps the same standard time all year;
# - offsets: those of {THIS_YEAR} in the IANA database; summer time that was abolished has the last offset it had. A dash: the
#   name is generic and follows its region's calendar.
# name\toffset\tregions""")
for (name, east), at in sorted(rows.items()):
    print(name, east, " ".join(dict.fromkeys(at)), sep="\t")
