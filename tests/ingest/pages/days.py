"""How Arabic pages write a day: Levantine, Egyptian, Maghrebi, doublets, Hijri beside it, figures, English."""

from __future__ import annotations

import datetime as dt
import random

from hijridate import Gregorian

WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
EGYPT = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
TUNIS = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
MAROC = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
STYLES = [
    "levant",
    "levant-weekday",
    "egypt",
    "egypt-comma",
    "doublet",
    "tunis",
    "maroc",
    "hijri",
    "hijri-figures",
    "iso",
    "slash",
    "slash-clock",
    "dots",
    "arabic-digits",
    "month-first",
    "english",
    "year-first",
]


def written(day: dt.date, style: str) -> str:
    """Return `day` in one of STYLES."""
    d, m, y, week = day.day, day.month - 1, day.year, WEEKDAYS[day.weekday()]
    hijri = Gregorian(y, day.month, d).to_hijri()
    return {
        "levant": f"{d} {LEVANT[m]} {y}",
        "levant-weekday": f"{week} {d} {LEVANT[m]} {y}",
        "egypt": f"{week}، {d} {EGYPT[m]} {y} 10:35 ص",
        "egypt-comma": f"{d} {EGYPT[m]}، {y}",
        "doublet": f"{d} {LEVANT[m]}/{EGYPT[m]} {y}" if LEVANT[m] != EGYPT[m] else f"{d} {EGYPT[m]} {y}",
        "tunis": f"{week} {d:02} {TUNIS[m]} {y}",
        "maroc": f"{d} {MAROC[m]} {y} - 18:20",
        "hijri": f"{week} {hijri.day} {HIJRI[hijri.month - 1]} {hijri.year}هـ - {d} {EGYPT[m]} {y}م",
        "hijri-figures": f"{week} {hijri.year}/{hijri.month:02}/{hijri.day:02} هـ الموافق {y}/{m + 1:02}/{d:02} م",
        "iso": day.isoformat(),
        "slash": f"{d:02}/{m + 1:02}/{y}",
        "slash-clock": f"{d}/{m + 1}/{y} - 21:05",
        "dots": f"{d:02}.{m + 1:02}.{y}",
        "arabic-digits": f"{d} {LEVANT[m]} {y}".translate(_DIGITS),
        "month-first": f"{EGYPT[m]} {d}, {y}",
        "english": f"{ENGLISH[m]} {d}, {y}",
        "year-first": f"{y}/{m + 1:02}/{d:02} 09:12",
    }[style]


def some_day(rng: random.Random, *, first: int = 2011, last: int = 2024) -> dt.date:
    """Return a random day of the years given."""
    start = dt.date(first, 1, 1)
    return start + dt.timedelta(days=rng.randrange((dt.date(last, 12, 31) - start).days))
