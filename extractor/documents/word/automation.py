"""Word and WPS by COM: where Windows has no LibreOffice, one of them saves an old file as DOCX.

They are asked through PowerShell, which every Windows has, so that nothing need be installed for it. Macros
are switched off (msoAutomationSecurityForceDisable), the file is opened read-only, and no question is asked
of whoever sits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

# By the names under which they register; 16 is wdFormatDocumentDefault, 3 switches macros off.
_APPLICATIONS = ("Word.Application", "KWPS.Application", "WPS.Application")
_SCRIPT = """
$ErrorActionPreference = 'Stop'
$office = $null
foreach ($name in {names}) {{
    try {{ $office = New-Object -ComObject $name; break }} catch {{ }}
}}
if ($null -eq $office) {{ exit 3 }}
try {{
    $office.Visible = $false
    $office.DisplayAlerts = 0
    try {{ $office.AutomationSecurity = 3 }} catch {{ }}
    $document = $office.Documents.Open({source}, $false, $true, $false)
    $document.SaveAs2({target}, 16)
    $document.Close(0)
}} finally {{
    $office.Quit(0)
}}
"""


def command_of(powershell: str, source: Path, target: Path) -> Sequence[str]:
    """The command that saves a file as DOCX.

    Args:
        powershell: the path of PowerShell.
        source: the file.
        target: the DOCX, which isn't there yet; its folder is.
    """
    names = ", ".join(map(_quoted, _APPLICATIONS))
    script = _SCRIPT.format(names=names, source=_quoted(source), target=_quoted(target))
    return (powershell, "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", script)


def _quoted(text: object) -> str:
    """A string of PowerShell in which nothing is expanded."""
    return "'" + str(text).replace("'", "''") + "'"
