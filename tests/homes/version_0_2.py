"""How `version-0.2.tar.gz` was made: run once with the code of version 0.2, `ELDERCARE_DATASETS` being the miniature.

Built files were left out of the archive; they are made again.
"""

from eldercare import releases
from eldercare.intake import accepting, submissions, windows
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source, Submission
from eldercare.releases import making

STEWARD, REVIEWER = Person("甲", True, True), Person("乙", True, True)


def draft(name: str, home: str, day: str = "2024年10月") -> Submission:
    made = submissions.start(
        name, f"机构名称,所在地\n{home},松江区\n".encode(), "institutions", STEWARD
    )
    return submissions.change(made.id, STEWARD, source=Source(unit="测试局", day=day))


releases.activate(making.snapshot("甲").id, "甲", "首个版本")
accepted = submissions.submit(draft("九月.csv", "测试新院", "2024年9月").id, STEWARD)
accepting.accept(accepting.evaluate(accepted), REVIEWER, "九月报送")
submissions.submit(draft("十月.csv", "测试二院").id, STEWARD)
returned = submissions.submit(draft("十一月.csv", "测试三院").id, STEWARD)
submissions.send_back(returned.id, REVIEWER, "请补床位")
draft("草稿.csv", "测试四院", "2024年9月")
windows.set_plan([windows.begun("测试局", "institutions", "month", 10, "2024-09-01")], REVIEWER)
