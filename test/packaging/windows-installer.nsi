; The smallest installer around resources/installer/windows/installer.nsh, with the names that electron-builder's own
; script offers to it. Defines from the command line: INCLUDE, OUT and, for a 64-bit installer, X64.
Unicode true
!ifdef X64
  Target amd64-unicode
!endif
!include LogicLib.nsh
!include FileFunc.nsh

!define PRODUCT_NAME "Traydial"
!define APP_DESCRIPTION "Click-to-call"
!define APP_EXECUTABLE_FILENAME "Traydial.exe"

!macro _isUpdated _a _b _t _f
  !insertmacro _LOGICLIB_TEMP
  ${GetParameters} $_LOGICLIB_TEMP
  ClearErrors
  ${GetOptions} $_LOGICLIB_TEMP "--updated" $_LOGICLIB_TEMP
  IfErrors `${_f}` `${_t}`
!macroend
!define isUpdated `"" isUpdated ""`

!macro forWhom
  SetRegView 64
  SetShellVarContext current
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/allusers" $R1
  ${IfNot} ${Errors}
    SetShellVarContext all
  ${EndIf}
!macroend

!include "${INCLUDE}"

Name "Traydial"
OutFile "${OUT}"
RequestExecutionLevel user
SilentInstall silent
SilentUnInstall silent

Function .onInit
  !insertmacro forWhom
  StrCpy $INSTDIR "C:\Programs\Traydial"
FunctionEnd

Function un.onInit
  !insertmacro forWhom
FunctionEnd

Section
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro customInstall
SectionEnd

Section Uninstall
  !insertmacro customUnInstall
SectionEnd
