"""Why a name was not resolved and by which rule it was, in words."""

from __future__ import annotations

REASONS = {
    "not-in-register": ("登记册中没有这个名称", "the register holds no such name"),
    "suspected-variant": (
        "疑为同一文件或登记册中另一机构名称的笔误，未予合并",
        "suspected slip for another body of the same document or of the register; not merged",
    ),
    "two-names": (
        "疑为两个机构名称连写，未予拆分",
        "perhaps the names of two bodies with no comma between them; not split",
    ),
    "issuer-unknown": (
        "文件未写明发文机关，无法判断是哪一级、哪一地的机构",
        "the document names no issuer, so the name could be any place's",
    ),
    "other-issuer": ("登记册中的同名机构属于其他地区", "the register knows the name only for another place"),
    "not-at-that-date": ("登记册中的机构在发文时不存在", "the register's body did not exist at the date of issue"),
    "not-at-this-level": (
        "登记册中只有其他层级的同类机构使用这个名称",
        "the register knows the name only for bodies of another level",
    ),
    "which-place": ("名称未写明是哪一个县（市、区）的机构", "the name does not say which place's body is meant"),
    "several-bodies": ("登记册中有多个机构使用这个名称", "several bodies in the register bear the name"),
    "place": (
        "地名：未写明是当地政府还是党委",
        "a place: whether its government or its party committee is meant is not said",
    ),
    "standing-group": (
        "领导小组、专班、联席会议等，登记册未载",
        "a leading group, task force or joint conference, or its members: not recorded",
    ),
    "zone": (
        "开发区、园区等的管理机构，登记册未载或不能确定是哪一个",
        "the administration of a zone that has no record, or not surely this one",
    ),
    "below-county": (
        "乡镇、街道、村的机构，登记册未载，或不能确定是哪一个县的",
        "a body below the county that has no record, or of which county is not said",
    ),
    "internal-unit": (
        "发文单位的内设机构，名称不足以认定",
        "a unit inside the issuing body, or several; its name does not tell one",
    ),
}

RULES = {
    "full-name": ("登记册中的全称", "the full name of a record"),
    "short-form": ("登记册中的简称", "the short form of a record"),
    "alias": ("登记册中的别名", "another name of a record"),
    "pattern": ("地名加机构名称的通例", "a place and a name that bodies of one kind bear"),
    "implied-place": ("未写地名，指发文机关所在地的机构", "no place is written: the issuer's is meant"),
    "town": (
        "乡镇人民政府、街道办事处，按登记册所载该县（市、区）的乡镇街道",
        "the government of a town or the office of a street that the register has in that county",
    ),
    "zone": (
        "开发区名称加管委会，开发区见统计用区划代码",
        "the committee of a zone that has a statistical code",
    ),
    "standing-body": (
        "领导小组、联席会议、专班等，按全名认定，登记册未载",
        "a leading group, joint conference or task force, by its full name; not recorded",
    ),
    "unit": (
        "发文部门、开发区自己的内设机构，登记册不单独登记",
        "a part of the department or the zone that issued the document; not recorded by itself",
    ),
    "place": (
        "地名：指当地的党委、政府，未写明是哪一个",
        "a place: its authorities; whether the government or the party committee is not said",
    ),
    "own-name": (
        "地名加自有名称，登记册未载，全称只是照字面展开",
        "a place and a name of its own; not recorded, its full name is the written one expanded",
    ),
    "same-document": (
        "改革前后同名，按同一文件所用的其他机构名称判断",
        "before or after a reform, as the other bodies that the document names",
    ),
    "outer-name": ("括号前的名称；括号内的另记", "the name before the bracket; the one inside is kept beside it"),
    "collective": ("登记册中的集合称谓", "a collective of the register"),
    "collective-rule": ("按规则读出的集合称谓", "a collective read by rule"),
}
