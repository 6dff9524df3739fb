"""Our decoders of Zstandard and LZ4, against frames of zstd 1.5 and blocks of lz4 1.10."""

import base64
import random

import pytest

from wslgo.machine.probe.binary.lz4 import lz4_block
from wslgo.machine.probe.binary.zstd import zstd_frame

_WORDS = ("kernel", "thread", "block", "grid", "add", "scale", "%r1", "%r2", "ld.param.u64", ";")


def words(count: int, seed: int) -> bytes:
    chance = random.Random(seed)
    return " ".join(chance.choice(_WORDS) for _ in range(count)).encode()


def skewed(count: int) -> bytes:
    chance = random.Random(2)
    return bytes(min(255, int(chance.expovariate(0.3))) for _ in range(count))


TEXTS = {
    "empty": b"",
    "one letter": b"a" * 5000,
    "words": words(300, 1),
    "many words": words(3000, 4),
    "skewed bytes": skewed(1500),
    "noise": random.Random(3).randbytes(90),
}
# The text, the level, and the frame in base 85.
FRAMES = [
    ("empty", 3, "D77#BAOHaX00"),
    ("one letter", 3, "D77#BV2Bb;000nSVF3Vx(*rC"),
    (
        "words",
        1,
        (
            "D77#B00<oo0Ahv{7NDm&mdMjL3-"
            "86|rhk>$t~`YC{{#WZBrJtY!g6W%rCod9eYYiTwZAXz(h5Lg5S%uQ<3XDP>7^B(LLM~8Kpjc@UH3@=qFTr#ECGPLs9~2DY7C"
            "nJAOd0(lhq9oASBH)g-TEglr{rdEaz;@5uvly%-C&dQJCpKVMM|CQ>o=2IeNIBQlvQV4sPHF`^1ofGiG5>O+@-"
            "K`hDYxVv@3fP+y+h7y-4rllIdAPCptVB>^!k!26`t?-lob0S}J=_4{FV9U??tW$QFTlG-"
            "E{kgA#q0ei5%+dh$rHO}sil1p5RLS{$?W=@vbaKJHWCp|-"
            "MR@n*S0t%#QfFqIZNo7(d+Oh_Y@`M}yqR!RI3nQQXQvI72x`puJCK>aQL_V(;wp9#87ANR736d!@1cVtRFA)AX?*XOJ2rt9|"
            "aohS)N0E|=)9Es)Nw=x!=VTA;MPUv{8r$mI_RcRD0#7@+`IeZ}e7J+99>IyQsmK~%hYo{7LREIwB#{fFixKXnLB70AHDC(Pn"
            "!uD^(?tLK|77}U%Au<Q"
        ),
    ),
    (
        "words",
        19,
        (
            "D77#BU<(G_3INgs4-lX)23YQHf9g|}X>X(ifSo2b8UL|u5C7*s#asaoJyZOtcT)WiAbu)R<r-aJ5E}jieiUUE7`P-"
            "K3V@HOQD0cd&Snr0Vw5U74-p_JLMVY{f+T@RNhwG{p|BhS<yjM`fm{tbX%&^mA-"
            "`$BesV==BxG5N<+oR!W4}C>Z=wuam%oZ4x!jf9CDaTcsr<(CP5zE&10P{aI2u~LD|=EC1}U<pB|46Eq0)%4DwzZD#Kf5(S!e"
            "?Ft0AX5@jGF6@eq?@GqC77?uriNVL7w}Ei*$FC)I`Li1^wXLU8Vk49E>d6C+6zV{TbI0$?vajgPb~r3EHu#_63N)gB^`f9Sn"
            "!U)jT?z`vhjc1m?WLJow6q#G=@>TKaJ7Z~zg6sYqTP56N8>M#aJz|;{Ni>PcCH(A`7r~;VPqD2qJDMw{sEKVS&BZY%O@!<bJ"
            "8k{m$ss"
        ),
    ),
    (
        "skewed bytes",
        3,
        (
            "D77#BVB7?4765j5YMEwcWmQx{A`uZ05D@@m0Av7W0H?|TU)sA18-"
            "O;>fRmOvC8MR3y?7p;ZTu%ZJkV82%MY5_?%c%#;!v++WjE~S^wZn|CfhgWaVKrl&FFn}nMKFC{a}%HuCJDe(rWu}94My?%?B"
            "N~mdI{o#lXqcrazk)0hh6481u;2->&}woUI6F*{Y{8$Ca83^Mosl4Qv7qt%oiP=yN*ZY$wg)T%L;D#;6=4Z5l4-7j6-"
            "SmI>)Hi%7}_WlFDFbI7v5ZN!xCbnod_SY`b#Bl5+>^v(v;oBJHS2tItDdxIW^>Ngg9rBN!QBpb7#c<LKx-"
            "C@>BJq0SoOk%bu05=PT+8aKVA8p;KVR*x58Dwi{JtE0Qv=q9@<_Ip7#DX#xDQb4YF85c&q#Nn^ov#X9NnIaF_Qos4U$ywTCr"
            "b?5###UP6t4W}W*elFiV5MAE7{5O;|U#rPN~r4m;y6rVd@@yUOuUsXBS1Yok`#V?Syf<vN7F3<WZGAABo-ut_7jYB-"
            "7wQPF6wk0+#%)RN%o>1Nf8_Zc<|_IeVAUMe$1Ih5>+&sIer5m{Y1mL?kIllExqcLJTQ)J`mU*1}ostsM^P@(Zz8;cNraPo#b"
            "@_nMyjli0c(Zd?D`{fS2iwTTJx?x`xqh1l<}i8bSM>p`g+h8dGKo*~_E|D{n_gw)F#<Cz)Lo*nS%=XH(TD>1x|H(sC3fr$dO"
            "l3JkjeVx*6dW>Zq6VIHhx_a&bJYIHJFFfUMTr3ong>C!71su11b>c8EN1ynrsrh-rwbgkG@NhT#R2++cy7%j*aKe1#}3>4*="
            "Id@)C%m-1$z=GoCm~EI_<Nl2azy$20GezKBQ9!iBO*40=Zf?((CIY6z-"
            "qm4$K_Pj`qa2Yao<bcDaP~nPYf|Z)F3^@Kz!bv)ZiWbH5Q2O6$MUQY=2fZ"
        ),
    ),
    (
        "noise",
        3,
        (
            "D77#BAX?D^0R2DfJd#kimr9#bi)mwHA*5loUiDjh>ivM4nx2wdd8RZkp#8YAl-"
            "YmA5IvFzn<e^Q1D{f;=&4_1)>xb$cti$eLhLvIjWZqnJ0~O-F?N*V{)PjWw_|t"
        ),
    ),
    (
        "many words",
        19,
        (
            "D77#BVEIDTM*!l65*2_=I%r5*08v1{5Seiw$Io0v#!v$P+yDRn-"
            "{1fJXIqPZ@wP9vSV_U+DV8uq!GeiSP(?{hrX(pEg{VuQEP*PfJfLc^ilh;QGpG~4QmO3h1|uL4fC0kdff>P4>pmk8z(Iflf`"
            ">q067&Kb(IQkNFq91}Fj1v37D<gOB*4D1{v@FjSYip^$l2HTTdQwQZEZ-"
            "g{Sqf^mFwfHq^WfG`+<rZ@)C{$Thk<*yuS}F+o*^h3qfnMs1O|!MP)2g=nA)iis#P3btTaFQ!T6XseF?58ttKTjh#%KH*^|E"
            "HCl@8w2DZuL#v<4!qvX7G_oA&Q2{Zhbd?-"
            "vQrw)M%Z9c%RR!$lWC0Nqf2&skR}YG?kVdj*_na53XvC=4;ybvYI~fAk+uZKo`|BU{jd)X#xrK3r=uO7@;$F$teai}oAAQu-"
            "m)<|!tQUKKpiE@_GXtB0ueFHSZ;ED|#@^u&TOx+&4rowQE^0a|P<N({;0l#!kvG|A368N5#e-"
            "Z_;YOv0lK3^$FYkcPYc(@JD`v+1>Ni=)OeT%P+>)rc#xPKQHHimA8c3cVOZmCetuq(%eHjgH;eOG0*xLHV07>tY{8_PF>*+K"
            "VSa1I$G~pu;1XIK>f++uUqP?gtCT#_1`nIW6RhA^GV75JF$FTL6CDbp&OBO8c{GMLakol04qn#U@q7W^NM3_nKy*?0nN?!Rt"
            "x^I*0Xh4rsk`0$=-bw;J0-!$ON^$1d#?x|e8m2Dmk6Sew)DLKb-9QeI*fisWa3MX*3Ebff*kk?;=`k2;R(4Rmq!Bj6^?-"
            "@|rc^ZA)eNBg73fYr=c--4YX>>!*tECj&~5eE{j8itT?Q4V2SjdXq#lNdI#B2_{||=`KH7<orw3wj4Qu6d#ihF1z}=kAOPK_"
            "O{G^g-*)koGA2#&#>^gb{SNkB7t7y0q3uEXd*(rVd)PEns!M@Yq;|P~L!c?r0s{uJA1W9)4%fzS>g%-"
            "RLH;A&!YZNx;2s^U9lC+IbjBgO~262iu@>uYCV`mHXvx2J;@;B=l&|F(xZTd|OKd3<D1<sW$qeI%TL;}q_&X1qfVr3FufmEj"
            "fD~%8X)bQA>Evw^rzE%2y)E78O++-"
            "(SpSD7Ha6V$ec@Bd~rt973ZW*)+alrR;Hkt$TIY0w!A=LHar`+yrg<79RG0*kohY{BZDx@eZ2B7I?j&9EBmAS2G4he~4$|)z"
            "R_y4lspxg50LMJKYWfar50y7TasBFq>Zn1?GBbw+opqL<gikrj6drO51WWn{5VwO{HQC)M*8Avqx6NBT|2+oNy?u<%=SkEC_"
            "zyd-WXuGmS>%HX0e7(G(Q@@B%#Q(wtrfz7NGZ9)%r3zvTh8=cyRq`P2d+w_#`DcqT7f<pY_WedtA-"
            ">`x+f#Dxtx@;eukxVH`lYl?%+w6%5^yn_eCi2MkhC6Ink`aM5L_4Py-6WXu5lq5#Y%9<2+~OT=LSxsK-EHWa^lw&_o11Jp4H"
            "Pj+;l9rACaBg;~Ou^yFyU}>AOL?=DdVBTh3utFbCA*Ydp_XzQ9nSP=uRe2cd>JE|2c8IzQ8pVhN6{SvKKJo4z6jVy!pf21uX"
            "2#~d$DeM_bHWw3j}{JS`WmjWDPh^Z2Rt-oq*ow^iQ{HnE_{Ug^tyxkaq*emHlu|d4~G~=PXK}x|xD~0w?BF&z%35(1TG3pB*"
            "cVl#vlk(e-"
            "G0^dwmqqF#)g({A`kQa<J`eYMy~|@Ai#HJExMl<Rkf(mNul~)v<r<^K4Pt)7`hq7^iCgr}a?m%6ceqTyggx_19*r5Tx{7vnq"
            "M6x!z=C~s5<Tk0LEs+$n^?J=s|}!#J(@jg{Zv$D2QeDv5DB%3)dNXph)*s6U|9`x-"
            "^ufMCS&j;G+H%H@q{A`cCz0}?GG_n=8Pwh^ain$6lrIb9B=zI^(hDUY6GH;I8~EPM|W9S!i&Sr$4ip25jSHUX+Y2<g7+}d!}"
            "VJ@`|5u_6P)T~1Ll<B1@)3Wuk}GjENuh^906~dW(INJv&c*Hr>59`C7B^&>Euw~X5@M$VQc8!0#YM3{rHnqQVv`_SJ)kc1_&"
            "KIsNTY>EXKQakH{7`fCAbRg4w=?NSl<^(_-"
            "5qvZIE((vo!hW2xj7Sef#QE<Q)EJYr(VOUsnia1cxk0cJ7)!$*Nc0dib!1|x345L<ENpk%npA6c+Sw`o%s-"
            "k6QfO6=4CNGhtWFMFyvbmriphz;pqJ4X{C1a-^L9tD>e4-"
            "4>Owf;U`KvIFZs=+=M`(wO9UCyLgCX~vayEE2|Fxc8Jk}gA5!VMblju%mn5(tkFC#)jEA7D0gmrDOmll3#qR7_DRT4eCZhN="
            "WcBM_h4>I&IW1J{CTs0ys)p5H_98KvZYmgGB<HQH_brsN6#4y`*6l~x_ED80JQ%jg$he3+UP0<K}tai>6l|Hr~XzQfmr=Tha"
            "Tv0bPEF4nV^r>o+;;K<E=d{<}VxeyD>uMsqUnQ<8mM7WbvjnN2#xO4t5)1rKx>5RzDhW{BsL{cqd4H(3Zfp(M@KLeABjG}^M"
            "$moSyrwe8hg`}3>Xf{lSUkHs`<4PCN!L-"
            "ifx%14*$aId{<TfZj?t!?k?+eeQP(~r9fUw%ok5aSq#u79X;BZFPKoBqT4t3N5_L55HF>Jez)-"
            "`2TeP)N~A$L3AaCwAzr90@&tQ0TaA^bj7dDN)m|D!#JT?)4uf(BiKJ@xsa=78vlH_TCgnfzp5EuwSq&=75N?1y}$eYJ@`{UT"
            "URFYpHzekWPZhOYv`cktv3auT)WgB!X6;9Gi0(mwp+TZGod4|I<AZUcsMW!u%n_Nat;J6O3*Hb)P7x(`U!on{L4q$E*<*gh`"
            "m^m)KjD~$I+O=l)`Bf|%Hc+*}s%x7?kL^D%zk3R|Nrg?5fT2vb2LySXTG%_3ceH9GReXyzofV{fGGb31UCJXi!NGmS8#S=#M"
            "euLWD7=dFTONs*ZN9Y>CkQ6kA7y(@Y"
        ),
    ),
]
BLOCKS = [
    ("one letter", "A7KFi|NsC0|NsC0|NsC0|NsC0|NsAjP+?(VVPO"),
    (
        "words",
        (
            "^aEmSZ)0m9J0Nsua%Ev;AYo)=3jjAIaxw$}Sur4Ia%mg@p=)JwZe?sBC2}zY02VtD01+}r00A%n1z7-"
            "8b7Ns_Wg`FsDgXlq0K{x$E^uLTVQnsTHZ&pt1#tj0C2}zo00}4n0bT$Ep8yUT00M6S0VMzd1pow<00VOXIwf*3H2?$u00IsH"
            "2L%BFNB{{d01Z3<0bu|lVPpgV5j!*i4KV--9svO{00cMz0&@TlXaE2L695C501Z_D0~i1TJ^&4G00KM!38n!B3jk4JWMm*a0"
            "ssbo01rn100E@{11|vq3;+pb00|8M0UrPj7Xbo<024b100e;n2{`}<76A*80S}P?00}w(1#<ucq5v}`ax!TE8avqm0Vx0pI{"
            "*TC0R%4q1}*^uN&pEg00|8M89U7Y1-t+OVgL`Y000v^6#xUO0SQY0C1GS-"
            "0RtZZ0|x*Dg#Zh$0RdwG2bKZ^TL1!E0S6fX0&)NX1^_EzWOV=r7XTt*WKseGKmY_r0}6ux0we$g9RUT90|#vY4PgKQrvL(10"
            "t3hZ0TKWM3;+gh0s|2M0+0X=+5!y>0s%z;2|ob^MFR;I00UP5Hzjg0sR0Fx03=~#9{~YS00S)m2hRWl{{RHZ0|cG`F)<)J&j"
            "bPx00TDw4|o6p5<4OV0s#a9E&vOR0s}n&1xx_~e*pt{00EW&0zCl(N&p9x0Wl?VF@*pLcmM|_0s=|^0zLo-Tmk}y00CM61R?"
            "+e6957Z00oHv2L=HRegOh201bHn2@wDRVgLik00ZR!0}cQJZvY4e01i0-"
            "CShcs00|xd1{nYXg#ZEu00UY8Ct+kX0S|Ej1OqDo0yqEznE*B=axvlt1ONq4Vr*|?YX"
        ),
    ),
    (
        "noise",
        (
            "@Jsza>pYTBx0gzrQj2M0V<DtrwO;jGd+Pmwnwp-"
            "HTY085FQEOnvXt3>#t=P{2%9DPUIU*}sOYI*WY$=mA9zFtWkT#Y0F5&p{W~Wl7BO~|;{JvMm$zeh"
        ),
    ),
]


@pytest.mark.parametrize(("name", "level", "frame"), FRAMES)
def test_a_frame_has_its_text(name: str, level: int, frame: str) -> None:
    assert zstd_frame(base64.b85decode(frame), len(TEXTS[name])) == TEXTS[name], level


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_a_block_has_its_text(name: str, block: str) -> None:
    assert lz4_block(base64.b85decode(block), len(TEXTS[name])) == TEXTS[name]


@pytest.mark.parametrize(("name", "level", "frame"), FRAMES)
def test_damage_never_raises_and_never_grows(name: str, level: int, frame: str) -> None:
    chance, whole = random.Random(level), base64.b85decode(frame)
    for _ in range(10):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        for damaged in (bytes(data), whole[: chance.randrange(len(whole))]):
            for found in (zstd_frame(damaged, 5000), lz4_block(damaged, 5000)):
                assert found is None or len(found) <= 5000, name


def test_less_than_the_text_can_be_asked_for() -> None:
    frame = base64.b85decode(FRAMES[2][2])
    assert zstd_frame(frame, 10) == TEXTS["words"][:10]
