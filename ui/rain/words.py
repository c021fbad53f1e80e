"""Play, rain rules and what they bring, in the words of the window."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject

from boxoffice.domain.money import format_yuan
from boxoffice.domain.play import MINUTE, CourtPlay, CourtState, Entry, PlayKind
from boxoffice.domain.rain import Clocked, Decision, Need, Over, RainRule, Threshold
from boxoffice.queries.rain import Decided
from boxoffice.queries.rain_day import CourtLine, SessionLine
from ui import formats
from ui.sell.tender_words import TenderWords
from ui.sell.words import in_language


class RainWords(QObject):
    """Says them in the language of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tenders = TenderWords(self)

    # --- places

    def session(self, line: SessionLine) -> str:
        """A session by its name."""
        return in_language(line.name_zh, line.name_en)

    def court(self, line: CourtLine) -> str:
        """A court by its name."""
        return in_language(line.name_zh, line.name_en)

    def tender(self, tender: str) -> str:
        """What people call a tender."""
        return self._tenders.name(tender)

    # --- play

    def state(self, state: CourtState) -> str:
        """How a court stands."""
        return {
            CourtState.WAITING: self.tr("not begun"),
            CourtState.PLAYING: self.tr("playing"),
            CourtState.SUSPENDED: self.tr("suspended"),
            CourtState.ENDED: self.tr("ended"),
        }[state]

    def played(self, play: CourtPlay) -> str:
        """How a court stands, and what was played on it."""
        said = [self.state(play.state)]
        if play.state is not CourtState.WAITING:
            said.append(self.minutes(play.played_seconds))
        if play.matches:
            said.append(self.tr("%n match(es) completed", "", play.matches_completed))
        return formats.DOT.join(said)

    def minutes(self, seconds: int) -> str:
        """Whole minutes of play."""
        return self.tr("%n min played", "", seconds // MINUTE)

    def standing(self, line: SessionLine) -> str:
        """All courts of a session in a few words."""
        if line.trouble:
            return self.tr("the ledger is at odds")
        if len(line.courts) == 1:
            return self.played(line.courts[0].play)
        counts: dict[CourtState, int] = {}
        for court in line.courts:
            counts[court.play.state] = counts.get(court.play.state, 0) + 1
        return formats.DOT.join(f"{self.state(s)} {n}" for s, n in counts.items())

    def kind(self, kind: PlayKind) -> str:
        """What happened on a court."""
        return {
            PlayKind.START: self.tr("Play began"),
            PlayKind.SUSPEND: self.tr("Suspended"),
            PlayKind.RESUME: self.tr("Resumed"),
            PlayKind.END: self.tr("Play ended"),
            PlayKind.MATCH: self.tr("Match"),
        }[kind]

    def match_facts(self, entry: Entry) -> str:
        """When a match was played, for how long, and whether to its end."""
        times = "–".join(
            formats.time(moment) if moment is not None else "…"
            for moment in (entry.started_at, entry.ended_at)
        )
        said = [times] if entry.started_at is not None else [self.tr("not played")]
        if entry.minutes is not None:
            said.append(self.tr("%n min played", "", entry.minutes))
        if entry.started_at is not None:
            said.append(self.tr("completed") if entry.completed else self.tr("broken off"))
        return formats.DOT.join(said)

    # --- what a session brings

    def outcome(self, outcome: str) -> str:
        """What a ticket brings."""
        return {
            "": self.tr("Nobody decided"),
            "held": self.tr("Counts as held"),
            "half": self.tr("Part refund"),
            "full": self.tr("Full refund"),
            "exchange": self.tr("Exchange"),
        }[outcome]

    def decision_kind(self, kind: str) -> str:
        """Why a session is decided for."""
        return {
            "rain": self.tr("Rain"),
            "cancelled": self.tr("Cancelled"),
            "moved": self.tr("Moved"),
        }[kind]

    def decided(self, found: Decided | None) -> str:
        """What was decided; "" before."""
        if found is None:
            return ""
        told = self.tr(", ").join(self.outcome(one) for one in sorted(found.outcomes))
        by = "" if found.outcome else self.tr("by the rules")
        return formats.DOT.join(filter(None, (self.decision_kind(found.kind), told, by)))

    # --- rules

    def rule(self, rule: RainRule) -> str:
        """Which row of which policy, for whom, and from when on."""
        since = self.tr("since {day}").format(day=rule.valid_from)
        parts = (self.tr("Policy {name}").format(name=rule.policy), rule.category, since)
        return formats.DOT.join(filter(None, parts))

    def asked(self, rule: RainRule) -> str:
        """How much play it asks for."""
        asks = self.threshold(rule.held)
        said = []
        if asks:
            said.append(self.tr("held from {threshold}").format(threshold=asks))
        half = self.threshold(rule.half)
        if half:
            share = f"{format_yuan(rule.half_share).removesuffix('.00')} %"
            said.append(self.tr("{share} from {threshold}").format(share=share, threshold=half))
        return formats.DOT.join(said)

    def threshold(self, asked: Threshold) -> str:
        """How much play is enough; "" where nothing is asked for."""
        said = []
        if asked.matches is not None:
            said.append(self.tr("%n match(es)", "", asked.matches))
        if asked.minutes is not None:
            least = self.tr("%n min", "", asked.minutes)
            said.append(least if asked.inclusive else self.tr("over {time}").format(time=least))
        joint = self.tr(" and ") if asked.need is Need.ALL else self.tr(" or ")
        return joint.join(said)

    def counted(self, found: Decision) -> str:
        """The numbers a rule was held against."""
        matches = self.tr("matches {count}").format(count=_number(found.matches))
        minutes = self.tr("minutes {count}").format(count=_number(found.seconds / MINUTE))
        said = [matches, minutes]
        if found.rule.clocked is Clocked.ELAPSED:
            said.append(self.tr("breaks counted"))
        if len(found.courts) > 1:
            said.append(self._over(found.rule.over, len(found.courts)))
        return formats.DOT.join(said)

    def _over(self, over: Over, courts: int) -> str:
        return {
            Over.AVERAGE: self.tr("average of %n court(s)", "", courts),
            Over.BEST: self.tr("best of %n court(s)", "", courts),
            Over.EVERY: self.tr("each of %n court(s)", "", courts),
            Over.TOTAL: self.tr("sum of %n court(s)", "", courts),
        }[over]

    def why(self, found: Decision) -> str:
        """By what the rule came to its answer."""
        said = {
            "matches": self.tr("enough matches"),
            "minutes": self.tr("enough minutes"),
            "start": self.tr("it began in time"),
            "late": self.tr("it did not begin in time"),
            "short": self.tr("too little was played"),
        }
        return self.tr(", ").join(said[code] for code in found.why)

    def not_final(self, why: str) -> str:
        """Why the rules have no answer that stands."""
        return {
            "play_open": self.tr("Play may still go on: record its end first."),
            "play_unrecorded": self.tr("Nothing is in the play ledger: record what was played."),
            "no_rain_rule": self.tr("Some tickets have no rain rule: two people decide."),
            "": "",
        }[why]


def _number(value: Fraction) -> str:
    """A whole number, or one with a decimal where courts are averaged."""
    whole = value.numerator // value.denominator
    if value.denominator == 1:
        return formats.count(whole)
    tenths = value.numerator * 10 // value.denominator
    return f"{formats.count(whole)}.{tenths % 10}"
