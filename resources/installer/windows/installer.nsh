; Makes Traydial a choice for telephone links in Windows' Settings > Default apps.
; electron-builder's own NSIS script registers no protocol, and app.setAsDefaultProtocolClient alone does not put a
; program on that list for tel:. Windows wants three things: a class that says how to open a link, "Capabilities" that
; name the class for each scheme, and a line in RegisteredApplications. Only the user, or a policy, can then choose it.
;
; SHCTX is HKEY_CURRENT_USER for "only for me" and HKEY_LOCAL_MACHINE for "everyone"; electron-builder sets it.
; The schemes are the ones of electron-builder.config.ts.

!define TRAYDIAL_SHCNE_ASSOCCHANGED 0x08000000
!define TRAYDIAL_SHCNF_FLUSH 0x1000

; As in src/main/app-id.ts and identity.ts.
!define TRAYDIAL_APP_ID "io.github.traydial.Traydial"
!define TRAYDIAL_TOAST_CLSID "{DEF3D18E-F312-4865-B8D0-9742CE8613D1}"

; "--" ends the switches for Chromium, for Node and for Electron: Windows puts a link between the quotes as it is, so a
; link with a quote in it becomes several arguments, and none of them may be read as a switch. Without "--" Electron
; refuses to start in that case; with it the program starts and takes the first argument that is a link, nothing else.
!macro traydialAddScheme SCHEME
  WriteRegStr SHCTX "Software\Classes\Traydial.Url.${SCHEME}" "" "URL:Traydial ${SCHEME} link"
  WriteRegStr SHCTX "Software\Classes\Traydial.Url.${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\Traydial.Url.${SCHEME}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Traydial.Url.${SCHEME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  WriteRegStr SHCTX "Software\Traydial\Capabilities\URLAssociations" "${SCHEME}" "Traydial.Url.${SCHEME}"
!macroend

!macro traydialRemoveScheme SCHEME
  DeleteRegKey SHCTX "Software\Classes\Traydial.Url.${SCHEME}"
!macroend

; The running program writes HKCU\Software\Classes\<scheme> (app.setAsDefaultProtocolClient). It is taken back only if
; it still starts this very installation: it may belong to another program by now.
!macro traydialForgetDefault SCHEME
  ReadRegStr $R0 HKCU "Software\Classes\${SCHEME}\shell\open\command" ""
  StrLen $R1 '"$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
  StrCpy $R0 $R0 $R1
  ${If} $R0 == '"$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
    DeleteRegKey HKCU "Software\Classes\${SCHEME}\shell"
    DeleteRegValue HKCU "Software\Classes\${SCHEME}" "URL Protocol"
    DeleteRegValue HKCU "Software\Classes\${SCHEME}" ""
    DeleteRegKey /ifempty HKCU "Software\Classes\${SCHEME}"
  ${EndIf}
!macroend

; What Electron writes for the user who starts the program: the class for clicks on notifications and, beside the
; installer's own where that is for everyone, an entry of the Start menu; and "Start at login" with Windows' note on
; whether it is allowed. All have our own names. Those of other users stay: an uninstaller cannot reach their part of the
; registry.
!macro traydialForgetUser
  DeleteRegKey HKCU "Software\Classes\CLSID\${TRAYDIAL_TOAST_CLSID}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${TRAYDIAL_APP_ID}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${TRAYDIAL_APP_ID}"
  ; Not $SMPROGRAMS, which is everyone's in an installation for everyone.
  ReadEnvStr $R0 APPDATA
  Delete "$R0\Microsoft\Windows\Start Menu\Programs\${PRODUCT_NAME}.lnk"
!macroend

!macro customInstall
  !insertmacro traydialAddScheme "tel"
  !insertmacro traydialAddScheme "callto"
  !insertmacro traydialAddScheme "sip"
  !insertmacro traydialAddScheme "sips"
  !insertmacro traydialAddScheme "traydial"
  WriteRegStr SHCTX "Software\Traydial\Capabilities" "ApplicationName" "${PRODUCT_NAME}"
  WriteRegStr SHCTX "Software\Traydial\Capabilities" "ApplicationDescription" "${APP_DESCRIPTION}"
  ; 1031: German. The umlaut is written as its code, so that no code page can change it.
  ${If} $LANGUAGE == 1031
    WriteRegStr SHCTX "Software\Traydial\Capabilities" "ApplicationDescription" "Anrufen per Klick und Anrufmeldungen im Infobereich, f${U+00FC}r Tischtelefone an einer PortSIP-Telefonanlage"
  ${EndIf}
  WriteRegStr SHCTX "Software\Traydial\Capabilities" "ApplicationIcon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\RegisteredApplications" "Traydial" "Software\Traydial\Capabilities"
  ; Settings and Explorer read the list again. The uninstaller does this by itself.
  System::Call 'shell32::SHChangeNotify(i ${TRAYDIAL_SHCNE_ASSOCCHANGED}, i ${TRAYDIAL_SHCNF_FLUSH}, p 0, p 0)'
!macroend

; Runs at each update too, just before the new version's customInstall writes everything again.
!macro customUnInstall
  DeleteRegValue SHCTX "Software\RegisteredApplications" "Traydial"
  DeleteRegKey SHCTX "Software\Traydial\Capabilities"
  DeleteRegKey /ifempty SHCTX "Software\Traydial"
  !insertmacro traydialRemoveScheme "tel"
  !insertmacro traydialRemoveScheme "callto"
  !insertmacro traydialRemoveScheme "sip"
  !insertmacro traydialRemoveScheme "sips"
  !insertmacro traydialRemoveScheme "traydial"
  ; What the program wrote is not written again by an update, so it stays.
  ${IfNot} ${isUpdated}
    !insertmacro traydialForgetDefault "tel"
    !insertmacro traydialForgetDefault "callto"
    !insertmacro traydialForgetDefault "sip"
    !insertmacro traydialForgetDefault "sips"
    !insertmacro traydialForgetDefault "traydial"
    !insertmacro traydialForgetUser
  ${EndIf}
!macroend
